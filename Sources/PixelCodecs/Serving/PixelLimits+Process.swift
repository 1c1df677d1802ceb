// The limits of a codec process, told to the system.

package import Pixels
internal import Processes

extension PixelLimits {
    /// Bounds the address space for the rest of this process.
    package func bindMemory() throws(PixelsError) {
        do throws(ProcessLimits.Failure) { try ProcessLimits.bindMemory(memoryByteCount) } catch {
            throw .unavailable(error.description)
        }
    }

    /// Ends this process when it works longer than it may from now on.
    package func bindProcessorTime() throws(PixelsError) {
        do throws(ProcessLimits.Failure) { try ProcessLimits.bindProcessorTime(processorSeconds) } catch {
            throw .unavailable(error.description)
        }
    }
}
