using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary><c>prog attach</c>: what bpftool attaches to a map is attached to a hook here, and stays attached after the process.</summary>
internal static class ProgAttach
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words) =>
        ProgAttachment.Run(context, words, "attach to", static (library, a) => a.Hook.Type == BpfAttachType.Xdp
            ? library.bpf_xdp_attach((int)a.Parameter, a.Program, 0)
            : library.bpf_prog_attach(a.Program, (int)a.Parameter, a.Hook.Type, 0));
}
