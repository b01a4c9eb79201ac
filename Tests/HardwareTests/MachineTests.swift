import Testing

@testable import Hardware

@Suite struct MachineTests {
  let base = [
    "/proc/cpuinfo": """
    processor\t: 0
    model name\t: Example CPU 9000
    flags\t\t: fpu avx2 fma

    processor\t: 1
    model name\t: Other
    flags\t\t: fpu
    """,
    "/proc/meminfo": "MemTotal:       8388608 kB\nMemFree: 1 kB\n",
    "/proc/self/status": "Name:\tanneal\nCpus_allowed_list:\t0-3,8\n",
    "/sys/devices/system/cpu/cpu0/topology/thread_siblings_list": "0-1\n",
    "/sys/devices/system/cpu/cpu1/topology/thread_siblings_list": "0-1\n",
  ]

  func fake(_ more: [String: String]) throws -> FakeMachine {
    try FakeMachine(base.merging(more) { $1 })
  }

  @Test func `reads processor, cores and memory`() throws {
    let machine = try fake([:]).machine
    #expect(machine.processor == "Example CPU 9000")
    #expect(machine.features == ["fpu", "avx2", "fma"])
    #expect(machine.instructionSet == .avx2)
    #expect(machine.cores == 5)
    #expect(machine.physicalCores == 4)
    #expect(machine.memory == 8 << 30)
    #expect(machine.accelerators.isEmpty)
  }

  @Test func `respects limits of control groups version 2 at every level`() throws {
    let machine = try fake([
      "/proc/self/cgroup": "0::/jobs/one\n",
      "/proc/self/mountinfo":
        "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw\n",
      "/sys/fs/cgroup/jobs/one/cpu.max": "max 100000\n",
      "/sys/fs/cgroup/jobs/one/memory.max": "3221225472\n",
      "/sys/fs/cgroup/jobs/cpu.max": "250000 100000\n",
      "/sys/fs/cgroup/jobs/memory.max": "max\n",
    ]).machine
    #expect(machine.cores == 2)
    #expect(machine.memory == 3 << 30)
  }

  @Test func `respects limits of control groups version 1`() throws {
    let machine = try fake([
      "/proc/self/cgroup": "4:memory:/docker/abc\n1:cpu,cpuacct:/docker/abc\n0::/\n",
      "/proc/self/mountinfo": """
      32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu,cpuacct
      35 31 0:32 /docker/abc /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
      """,
      "/sys/fs/cgroup/cpu/docker/abc/cpu.cfs_quota_us": "100000\n",
      "/sys/fs/cgroup/cpu/docker/abc/cpu.cfs_period_us": "100000\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "1073741824\n",
    ]).machine
    #expect(machine.cores == 1)
    #expect(machine.memory == 1 << 30)
  }

  @Test func `finds NVIDIA GPUs through the driver's files`() throws {
    let machine = try fake([
      "/dev/nvidiactl": "", "/dev/nvidia0": "", "/dev/nvidia-uvm": "",
      "/proc/driver/nvidia/gpus/0000:3b:00.0/information":
        "Model: \t\t NVIDIA H100 80GB HBM3\nDevice Minor: \t 0\n",
      "/sys/bus/pci/devices/0000:3b:00.0/device": "0x2330\n",
    ]).machine
    let gpu = try #require(machine.accelerators.first)
    #expect(gpu.device == .cuda(0))
    #expect(gpu.name == "NVIDIA H100 80GB HBM3")
    #expect(gpu.memory == 80 << 30)
    #expect(gpu.generation == .hopper)
    #expect(machine.computes(.bf16, on: .cuda(0)) && machine.has(.cuda(0)))
    #expect(!machine.has(.cuda(1)))
  }

  @Test func `says why a described GPU cannot be used`() throws {
    let machine = try fake([
      "/proc/driver/nvidia/gpus/0000:3b:00.0/information": "Model: A\nDevice Minor: 0\n"
    ]).machine
    #expect(machine.accelerators.isEmpty)
    #expect(
      machine.searches[0].description
        == "no NVIDIA GPU: looked at /proc/driver/nvidia/gpus, /dev/nvidia0, /dev/nvidiactl; "
        + "the driver describes 1, but /dev shows none of them")
  }

  @Test func `finds TPUs by vendor and device node, not VFIO alone`() throws {
    let card = "/sys/bus/pci/devices/0000:00:04.0/"
    let other = try fake(["/dev/vfio/0": "", card + "vendor": "0x10de\n"]).machine
    #expect(other.accelerators.isEmpty)
    let tpu = try fake([
      "/dev/vfio/0": "", card + "vendor": "0x1ae0\n", card + "class": "0x120000\n",
    ]).machine
    #expect(tpu.accelerators == [Accelerator(device: .tpu, name: "TPU (1 chip)")])
    let network = try fake([
      "/dev/vfio/0": "", card + "vendor": "0x1ae0\n", card + "class": "0x020000\n",
    ]).machine
    #expect(network.accelerators.isEmpty)
  }

  @Test(arguments: [("0-2,5", [0, 1, 2, 5]), ("", []), ("x", []), ("3-1", []), ("7", [7])])
  func `reads sets of numbers`(text: String, numbers: [Int]) {
    #expect(ProcessorAffinity.numbers(in: Substring(text)) == numbers)
  }
}
