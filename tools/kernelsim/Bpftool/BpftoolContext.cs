using KernelSim.Tool.Bpftool.Hosting;
using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool;

/// <summary>What a command works with.</summary>
/// <param name="options">The options of the command line.</param>
/// <param name="host">The host of whoever gave the command.</param>
/// <param name="kernel">The process on the machine, started when a command first needs it.</param>
internal sealed class BpftoolContext(BpftoolOptions options, IBpftoolHost host, Func<BpftoolKernel> kernel)
{
    /// <summary>The options of the command line.</summary>
    public BpftoolOptions Options => options;

    /// <summary>What it prints.</summary>
    public BpftoolOutput Output { get; } = new(host.Out, host.Error, options)
    {
        LastRefusal = options.IsVerbose ? () => kernel().Library.LastRefusal : null,
    };

    /// <summary>The host of whoever gave the command: files and interruptions.</summary>
    public IBpftoolHost Host => host;

    /// <summary>The calls to the machine.</summary>
    public BpftoolKernel Kernel => kernel();
}
