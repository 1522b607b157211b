using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary><c>prog detach</c>.</summary>
internal static class ProgDetach
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words) =>
        ProgAttachment.Run(context, words, "detach from", static (library, a) => a.Hook.Type == BpfAttachType.Xdp
            ? library.bpf_xdp_detach((int)a.Parameter, 0)
            : library.bpf_prog_detach2(a.Program, (int)a.Parameter, a.Hook.Type));
}
