using KernelSim.EbpfCore.Native;
using KernelSim.Tool.Bench.Bytecode;
using KernelSim.Tool.Bench.Maps;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bench.Rows;

/// <summary>The program as a native module made of C#.</summary>
internal sealed class AttachedCSharp : AttachedBenchmark
{
    private const string Path = "packet_histogram.sys";

    /// <inheritdoc/>
    public override string Name => "attached-csharp";

    /// <inheritdoc/>
    public override string Does => "the same with the program in C#";

    /// <inheritdoc/>
    protected override bpf_object? Open(SimProcess process)
    {
        process.Lab.Machine.Images.Install(NativeModuleImage.Compile(typeof(PacketHistogram), Path));
        return process.Session.Library.bpf_object__open(Path);
    }
}
