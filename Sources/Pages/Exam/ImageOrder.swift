// The order in which the images of a series are scrolled through. Pure.

/// Along the stack where the images are parallel and each is at a place of its own, else by number, else as given.
enum ImageOrder {
    static func sorted(_ instances: [ViewedInstance]) -> [ViewedInstance] {
        let keys = depths(instances) ?? instances.map { $0.number.map(Double.init) ?? .infinity }
        return instances.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }.map { instances[$0] }
    }

    /// How far each image lies along the common normal; nil unless all are parallel and no two at one place.
    ///
    /// - Source: DICOM PS3.3 section C.7.6.2.1.1.
    private static func depths(_ instances: [ViewedInstance]) -> [Double]? {
        guard instances.count > 1, let orientation = instances[0].orientation, orientation.count == 6 else {
            return nil
        }
        let normal = cross(Array(orientation[..<3]), Array(orientation[3...]))
        var depths: [Double] = []
        for instance in instances {
            guard let position = instance.position, position.count == 3, let own = instance.orientation,
                own.count == 6, zip(own, orientation).allSatisfy({ abs($0 - $1) < 0.001 })
            else { return nil }
            depths.append(zip(position, normal).reduce(0) { $0 + $1.0 * $1.1 })
        }
        let ordered = depths.sorted()
        return zip(ordered, ordered.dropFirst()).allSatisfy { $1 - $0 > 0.001 } ? depths : nil
    }

    private static func cross(_ a: [Double], _ b: [Double]) -> [Double] {
        [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
    }
}
