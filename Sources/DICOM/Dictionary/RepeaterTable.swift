// swift-format-ignore-file
// The repeating groups of PS3.6: each x of a tag stands for any digit.
// Made by generate.py from pydicom 3.0.2; never edited by hand.

let repeaterTable: StaticString = """
    002031xx|CS|1-n|R|SourceImageIDs|Source Image IDs
    002804x0|US|1|R|RowsForNthOrderCoefficients|Rows For Nth Order Coefficients
    002804x1|US|1|R|ColumnsForNthOrderCoefficients|Columns For Nth Order Coefficients
    002804x2|LO|1-n|R|CoefficientCoding|Coefficient Coding
    002804x3|AT|1-n|R|CoefficientCodingPointers|Coefficient Coding Pointers
    002808x0|CS|1-n|R|CodeLabel|Code Label
    002808x2|US|1|R|NumberOfTables|Number of Tables
    002808x3|AT|1-n|R|CodeTableLocation|Code Table Location
    002808x4|US|1|R|BitsForCodeWord|Bits For Code Word
    002808x8|AT|1-n|R|ImageDataLocation|Image Data Location
    1000xxx0|US|3|R|EscapeTriplet|Escape Triplet
    1000xxx1|US|3|R|RunLengthTriplet|Run Length Triplet
    1000xxx2|US|1|R|HuffmanTableSize|Huffman Table Size
    1000xxx3|US|3|R|HuffmanTableTriplet|Huffman Table Triplet
    1000xxx4|US|1|R|ShiftTableSize|Shift Table Size
    1000xxx5|US|3|R|ShiftTableTriplet|Shift Table Triplet
    1010xxxx|US|1-n|R|ZonalMap|Zonal Map
    50xx0005|US|1|R|CurveDimensions|Curve Dimensions
    50xx0010|US|1|R|NumberOfPoints|Number of Points
    50xx0020|CS|1|R|TypeOfData|Type of Data
    50xx0022|LO|1|R|CurveDescription|Curve Description
    50xx0030|SH|1-n|R|AxisUnits|Axis Units
    50xx0040|SH|1-n|R|AxisLabels|Axis Labels
    50xx0103|US|1|R|DataValueRepresentation|Data Value Representation
    50xx0104|US|1-n|R|MinimumCoordinateValue|Minimum Coordinate Value
    50xx0105|US|1-n|R|MaximumCoordinateValue|Maximum Coordinate Value
    50xx0106|SH|1-n|R|CurveRange|Curve Range
    50xx0110|US|1-n|R|CurveDataDescriptor|Curve Data Descriptor
    50xx0112|US|1-n|R|CoordinateStartValue|Coordinate Start Value
    50xx0114|US|1-n|R|CoordinateStepValue|Coordinate Step Value
    50xx1001|CS|1|R|CurveActivationLayer|Curve Activation Layer
    50xx2000|US|1|R|AudioType|Audio Type
    50xx2002|US|1|R|AudioSampleFormat|Audio Sample Format
    50xx2004|US|1|R|NumberOfChannels|Number of Channels
    50xx2006|UL|1|R|NumberOfSamples|Number of Samples
    50xx2008|UL|1|R|SampleRate|Sample Rate
    50xx200A|UL|1|R|TotalTime|Total Time
    50xx200C|OB,OW|1|R|AudioSampleData|Audio Sample Data
    50xx200E|LT|1|R|AudioComments|Audio Comments
    50xx2500|LO|1|R|CurveLabel|Curve Label
    50xx2600|SQ|1|R|CurveReferencedOverlaySequence|Curve Referenced Overlay Sequence
    50xx2610|US|1|R|CurveReferencedOverlayGroup|Curve Referenced Overlay Group
    50xx3000|OB,OW|1|R|CurveData|Curve Data
    60xx0010|US|1||OverlayRows|Overlay Rows
    60xx0011|US|1||OverlayColumns|Overlay Columns
    60xx0012|US|1|R|OverlayPlanes|Overlay Planes
    60xx0015|IS|1||NumberOfFramesInOverlay|Number of Frames in Overlay
    60xx0022|LO|1||OverlayDescription|Overlay Description
    60xx0040|CS|1||OverlayType|Overlay Type
    60xx0045|LO|1||OverlaySubtype|Overlay Subtype
    60xx0050|SS|2||OverlayOrigin|Overlay Origin
    60xx0051|US|1||ImageFrameOrigin|Image Frame Origin
    60xx0052|US|1|R|OverlayPlaneOrigin|Overlay Plane Origin
    60xx0060|CS|1|R|OverlayCompressionCode|Overlay Compression Code
    60xx0061|SH|1|R|OverlayCompressionOriginator|Overlay Compression Originator
    60xx0062|SH|1|R|OverlayCompressionLabel|Overlay Compression Label
    60xx0063|CS|1|R|OverlayCompressionDescription|Overlay Compression Description
    60xx0066|AT|1-n|R|OverlayCompressionStepPointers|Overlay Compression Step Pointers
    60xx0068|US|1|R|OverlayRepeatInterval|Overlay Repeat Interval
    60xx0069|US|1|R|OverlayBitsGrouped|Overlay Bits Grouped
    60xx0100|US|1||OverlayBitsAllocated|Overlay Bits Allocated
    60xx0102|US|1||OverlayBitPosition|Overlay Bit Position
    60xx0110|CS|1|R|OverlayFormat|Overlay Format
    60xx0200|US|1|R|OverlayLocation|Overlay Location
    60xx0800|CS|1-n|R|OverlayCodeLabel|Overlay Code Label
    60xx0802|US|1|R|OverlayNumberOfTables|Overlay Number of Tables
    60xx0803|AT|1-n|R|OverlayCodeTableLocation|Overlay Code Table Location
    60xx0804|US|1|R|OverlayBitsForCodeWord|Overlay Bits For Code Word
    60xx1001|CS|1||OverlayActivationLayer|Overlay Activation Layer
    60xx1100|US|1|R|OverlayDescriptorGray|Overlay Descriptor - Gray
    60xx1101|US|1|R|OverlayDescriptorRed|Overlay Descriptor - Red
    60xx1102|US|1|R|OverlayDescriptorGreen|Overlay Descriptor - Green
    60xx1103|US|1|R|OverlayDescriptorBlue|Overlay Descriptor - Blue
    60xx1200|US|1-n|R|OverlaysGray|Overlays - Gray
    60xx1201|US|1-n|R|OverlaysRed|Overlays - Red
    60xx1202|US|1-n|R|OverlaysGreen|Overlays - Green
    60xx1203|US|1-n|R|OverlaysBlue|Overlays - Blue
    60xx1301|IS|1||ROIArea|ROI Area
    60xx1302|DS|1||ROIMean|ROI Mean
    60xx1303|DS|1||ROIStandardDeviation|ROI Standard Deviation
    60xx1500|LO|1||OverlayLabel|Overlay Label
    60xx3000|OB,OW|1||OverlayData|Overlay Data
    60xx4000|LT|1|R|OverlayComments|Overlay Comments
    7Fxx0010|OB,OW|1|R|VariablePixelData|Variable Pixel Data
    7Fxx0011|US|1|R|VariableNextDataGroup|Variable Next Data Group
    7Fxx0020|OW|1|R|VariableCoefficientsSDVN|Variable Coefficients SDVN
    7Fxx0030|OW|1|R|VariableCoefficientsSDHN|Variable Coefficients SDHN
    7Fxx0040|OW|1|R|VariableCoefficientsSDDN|Variable Coefficients SDDN
    """
