// swift-tools-version: 6.3
import PackageDescription

// Every Swift target is compiled under the same strict rules; see CONTRIBUTING.md.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableUpcomingFeature("InferIsolatedConformances"),
  .treatAllWarnings(as: .error),
  .strictMemorySafety(),
]

// `scripts/setup` links the unpacked native libraries here.
let deps = Context.packageDirectory + "/.deps"

// The C face is a search path and not a dependency: a C++20 compile refuses its module map.
func nativeFlags(face: String, _ includes: [String]) -> [CXXSetting] {
  [
    .headerSearchPath("../\(face)/include"),
    .unsafeFlags(
      ["-O2", "-fvisibility=hidden", "-D_GLIBCXX_USE_CXX11_ABI=1", "-Wall", "-Wextra"]
        + includes.flatMap { ["-isystem", deps + $0] }),
  ]
}

/// Without Swift's start files, a library needs no Swift runtime, which a release has already in its own file.
func nativeLinks(_ libraries: [String], in folder: String, rpaths: [String]) -> [LinkerSetting] {
  [
    .unsafeFlags(
      ["-nostartfiles", "-static-stdlib", "-L", deps + folder, "-Xlinker", "-z", "-Xlinker", "now"]
        + rpaths.flatMap { ["-Xlinker", "-rpath", "-Xlinker", $0] })
  ] + libraries.map { .linkedLibrary($0) }
}

/// A release brings the Swift runtime in its own file: it starts a third sooner, since the loader has
/// little to resolve, and runs where no Swift is installed. FoundationEssentials names its two private
/// archives only to code that was compiled for them, hence their names here.
let withOwnRuntime: [LinkerSetting] = [
  .unsafeFlags(
    ["-static-stdlib", "-use-ld=lld", "-l_FoundationCollections", "-l_FoundationCShims"],
    .when(configuration: .release))
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.byName(name: name)] + dependencies,
    swiftSettings: strict)
}

let package = Package(
  name: "Anneal",
  products: [
    .executable(name: "anneal", targets: ["anneal"]),
    .library(name: "AnnealTensor", type: .dynamic, targets: ["NativeTensor"]),
    .library(name: "AnnealData", type: .dynamic, targets: ["NativeData"]),
    .library(name: "AnnealMedia", type: .dynamic, targets: ["NativeMedia"]),
    .library(name: "AnnealDeploy", type: .dynamic, targets: ["NativeDeploy"]),
  ],
  targets: [
    .systemLibrary(name: "CYAML"),
    .systemLibrary(name: "CCrypto"),
    .systemLibrary(name: "CSQLite"),
    .systemLibrary(name: "CProcesses"),
    .systemLibrary(name: "CFileSystem"),
    .target(name: "CTensor"),
    .target(name: "CData"),
    .target(name: "CDeploy"),
    .target(name: "CTransfer"),
    .target(
      name: "NativeTensor",
      cxxSettings: nativeFlags(
        face: "CTensor", ["/torch/include", "/torch/include/torch/csrc/api/include"]),
      linkerSettings: nativeLinks(
        ["torch_cpu", "c10"], in: "/torch/lib",
        rpaths: [deps + "/torch/lib", "$ORIGIN/../lib/torch/lib"])),
    .target(
      name: "NativeData",
      cxxSettings: nativeFlags(face: "CData", ["/pyarrow/include"]),
      linkerSettings: nativeLinks(
        ["arrow", "parquet", "z"], in: "/pyarrow",
        rpaths: [deps + "/pyarrow", "$ORIGIN/../lib/arrow"])),
    // Apart from tables, whose readers would wait for OpenCV's many libraries to load.
    .target(
      name: "NativeMedia",
      cxxSettings: nativeFlags(face: "CData", [])
        + [
          .headerSearchPath("../NativeData"), .unsafeFlags(["-isystem", "/usr/include/opencv4"]),
        ],
      linkerSettings: nativeLinks(
        [
          "jpeg", "png", "webp", "webpdemux", "tiff", "opencv_core", "opencv_imgproc",
          "opencv_photo", "sndfile", "soxr",
        ], in: "/pyarrow", rpaths: [])),
    .target(
      name: "NativeDeploy",
      cxxSettings: nativeFlags(face: "CDeploy", ["/openvino/include"]),
      linkerSettings: nativeLinks(
        ["openvino"], in: "/openvino/libs",
        rpaths: [deps + "/openvino/libs", "$ORIGIN/../lib/openvino"])),

    module("Diagnostics"),
    module("YAML", ["CYAML", "Diagnostics"]),
    module("Options", ["YAML", "Diagnostics"]),
    module("Hardware"),
    module("Artifacts", ["CCrypto", "CFileSystem", "Diagnostics", "YAML"]),
    module("Pipeline", ["Options", "Artifacts", "Hardware", "YAML", "Diagnostics"]),
    module("Processes", ["CProcesses", "Artifacts", "Diagnostics"]),
    module(
      "Planning", ["Pipeline", "Options", "Artifacts", "Hardware", "YAML", "Diagnostics"]),
    module("Search", ["Pipeline", "Artifacts", "YAML", "Diagnostics"]),
    module("Scheduling"),
    module("Tensor", ["CTensor", "Hardware", "Diagnostics"]),
    module("Network", ["Options", "Tensor", "YAML", "Diagnostics"]),
    module(
      "Dataset",
      [
        "CData", "Tensor", "Network", "Options", "Artifacts", "Hardware", "YAML", "Diagnostics",
      ]),
    module(
      "Learning",
      [
        "Dataset", "Network", "Tensor", "Options", "Artifacts", "Hardware", "YAML", "Diagnostics",
      ]),
    module(
      "Deployment",
      [
        "CDeploy", "Learning", "Network", "Tensor", "Dataset", "Options", "Artifacts", "Hardware",
        "YAML", "Diagnostics",
      ]),
    module(
      "Stages",
      [
        "Pipeline", "Deployment", "Learning", "Network", "Tensor", "Dataset", "Processes",
        "Options", "Artifacts", "Hardware", "YAML", "Diagnostics",
      ]),
    module(
      "Records",
      [
        "Search", "Pipeline", "Processes", "Options", "Artifacts", "Hardware", "YAML",
        "Diagnostics",
        "CSQLite",
      ]),
    module(
      "Workers",
      [
        "Pipeline", "Processes", "Scheduling", "Artifacts", "Hardware", "YAML", "Diagnostics",
      ]),
    module(
      "Reports",
      [
        "Records", "Search", "Pipeline", "Options", "Artifacts", "Hardware", "YAML",
        "Diagnostics",
      ]),
    module(
      "Running",
      [
        "Search", "Planning", "Scheduling", "Workers", "Records", "Pipeline", "Options",
        "Artifacts",
        "Hardware", "YAML", "Diagnostics",
      ]),
    module(
      "Tracking",
      [
        "CTransfer", "Running", "Records", "Search", "Pipeline", "Processes", "Options",
        "Artifacts", "YAML", "Diagnostics",
      ]),
    module(
      "LanguageServer",
      [
        "Running", "Records", "Pipeline", "Options", "Artifacts", "YAML", "Diagnostics",
      ]),
    module(
      "Commands",
      [
        "LanguageServer", "Tracking", "Running", "Workers", "Records", "Search", "Reports",
        "Stages",
        "Planning",
        "Scheduling", "Pipeline", "Processes", "Deployment", "Dataset", "Tensor", "Options",
        "Artifacts", "Hardware", "YAML", "Diagnostics",
      ]),
    .executableTarget(
      name: "anneal", dependencies: ["Commands"], swiftSettings: strict,
      linkerSettings: withOwnRuntime),

    .target(
      name: "TestSupport",
      dependencies: ["Pipeline", "Options", "Hardware", "YAML", "Diagnostics"],
      path: "Tests/TestSupport", swiftSettings: strict),
    .target(
      name: "ExampleNetworks", dependencies: ["Network", "Tensor"], path: "Tests/ExampleNetworks",
      swiftSettings: strict),
    .target(
      name: "RunningSupport",
      dependencies: [
        "TestSupport", "Commands", "Running", "Workers", "Records", "Reports", "Planning",
        "Pipeline", "Artifacts", "Processes", "Hardware", "YAML",
      ],
      path: "Tests/RunningSupport", swiftSettings: strict),
    .target(
      name: "Benchmarking",
      dependencies: [
        "Learning", "Dataset", "Network", "Tensor", "Processes", "Options", "Artifacts", "Hardware",
        "Diagnostics",
      ],
      path: "Tests/Benchmarks/Benchmarking", swiftSettings: strict),
    .executableTarget(
      name: "benchmarks", dependencies: ["Benchmarking"], path: "Tests/Benchmarks/Program",
      swiftSettings: strict),
    .testTarget(
      name: "BenchmarksTests", dependencies: ["Benchmarking", "Diagnostics"],
      swiftSettings: strict),
    tests("Diagnostics"),
    tests("YAML", ["Diagnostics"]),
    tests("Options", ["YAML", "Diagnostics"]),
    tests("Hardware"),
    tests("Artifacts", ["YAML", "Diagnostics"]),
    tests(
      "Pipeline", ["TestSupport", "Options", "Artifacts", "Hardware", "YAML", "Diagnostics"]),
    tests(
      "Planning",
      ["TestSupport", "Pipeline", "Options", "Artifacts", "Hardware", "YAML", "Diagnostics"]),
    tests("Search", ["Pipeline", "YAML", "Diagnostics"]),
    tests("Scheduling"),
    tests("Processes", ["Artifacts", "Diagnostics"]),
    tests("Tensor", ["Hardware", "Diagnostics"]),
    tests("Network", ["ExampleNetworks", "Options", "Tensor", "YAML", "Diagnostics"]),
    tests(
      "Dataset",
      ["Processes", "Artifacts", "Tensor", "Network", "Options", "YAML", "Diagnostics"]),
    tests(
      "Learning",
      [
        "Dataset", "Network", "Tensor", "Options", "Hardware", "YAML", "Diagnostics",
      ]),
    tests(
      "Deployment",
      [
        "ExampleNetworks", "Learning", "Network", "Tensor", "Dataset", "Processes", "Options",
        "Artifacts", "Hardware", "YAML", "Diagnostics",
      ]),
    tests(
      "Stages",
      [
        "Pipeline", "Deployment", "Learning", "Network", "Tensor", "Dataset", "Options",
        "Artifacts", "Hardware", "YAML", "Diagnostics",
      ]),
    tests(
      "Records",
      [
        "RunningSupport", "TestSupport", "Reports", "Running", "Planning", "Pipeline", "Processes",
        "Artifacts", "YAML", "Diagnostics",
      ]),
    tests(
      "Workers",
      ["Pipeline", "Processes", "Options", "Artifacts", "Hardware", "YAML", "Diagnostics"]),
    tests(
      "Reports",
      [
        "RunningSupport", "Search", "Pipeline", "Records", "Running", "Artifacts", "YAML",
        "Diagnostics",
      ]),
    tests(
      "Running",
      [
        "RunningSupport", "TestSupport", "Search", "Workers", "Records", "Planning", "Scheduling",
        "Pipeline", "Artifacts", "Hardware", "YAML", "Diagnostics",
      ]),
    tests(
      "Tracking", ["Pipeline", "Artifacts", "YAML", "Diagnostics"]),
    tests(
      "LanguageServer",
      [
        "RunningSupport", "TestSupport", "Commands", "Stages", "Running", "Pipeline", "Artifacts",
        "YAML", "Diagnostics",
      ]),
    tests(
      "Commands",
      [
        "TestSupport", "Running", "Stages", "Planning", "Pipeline", "Processes", "Options",
        "Artifacts", "Hardware", "YAML", "Diagnostics",
      ]),
  ],
  cxxLanguageStandard: .cxx20
)

// While one module is worked on, its tests alone can be built, together with what they need:
// `ANNEAL_TESTS=Dataset,Stages swift build --product AnnealPackageTests`.
if let named = Context.environment["ANNEAL_TESTS"] {
  let wanted = named.split(separator: ",").map { "\($0)Tests" }
  package.targets.removeAll { $0.type == .test && !wanted.contains($0.name) }
}

// The fuzzer is built on demand only: `Tests/Campaigns/fuzz` sets this.
if Context.environment["ANNEAL_FUZZ"] == "1" {
  package.targets += [
    .systemLibrary(name: "CFuzzer", path: "Tests/Campaigns/CFuzzer"),
    .executableTarget(
      name: "fuzz", dependencies: ["CFuzzer", "Stages", "Pipeline", "YAML", "Diagnostics"],
      path: "Tests/Campaigns/Fuzz", swiftSettings: strict),
    .executableTarget(
      name: "fuzz-data", dependencies: ["CFuzzer", "Dataset", "Options", "YAML", "Diagnostics"],
      path: "Tests/Campaigns/FuzzData", exclude: ["audio.cpp", "images.cpp"], swiftSettings: strict),
  ]
}
