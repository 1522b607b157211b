using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary><c>prog attach</c>: what bpftool attaches to a map is attached to a hook here, and stays attached after the process.</summary>
internal static class ProgAttach
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words)
    {
        int result = ProgAttachment.Read(context, words, out ProgAttachment attachment);
        if (result != 0)
        {
            return result;
        }

        Libbpf library = context.Kernel.Library;
        result = attachment.Hook.Type == BpfAttachType.Xdp
            ? library.bpf_xdp_attach((int)attachment.Parameter, attachment.Program, 0)
            : library.bpf_prog_attach(attachment.Program, (int)attachment.Parameter, attachment.Hook.Type, 0);
        if (result != 0)
        {
            context.Output.FailCall($"failed prog attach to '{attachment.Hook.Section}'", result);
            result = -(int)Errno.EINVAL;
        }

        context.Kernel.Close(attachment.Program);
        return result == 0 ? context.Output.Done() : result;
    }
}
