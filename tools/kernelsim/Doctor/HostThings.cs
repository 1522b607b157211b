using KernelSim.Tool.Doctor.Things;

namespace KernelSim.Tool.Doctor;

/// <summary>Everything that <c>doctor</c> looks at.</summary>
internal static class HostThings
{
    /// <summary>One row a thing, in the order of the output.</summary>
    public static IReadOnlyList<IHostThing> All { get; } =
    [
        new DotnetRuntime(),
        new DotnetSdk(),
        new Processors(),
        new MemoryLeft(),
        new HugePages(),
        new ServersFolder(),
        new DiagnosticsPort(),
        new Terminal(),
        new Ptrace(),
        new HostKernelBpf(),
        new Perf(),
        new Chromium(),
        new Clang(),
    ];
}
