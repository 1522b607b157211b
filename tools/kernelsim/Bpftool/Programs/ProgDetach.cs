using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bpftool.Programs;

/// <summary><c>prog detach</c>.</summary>
internal static class ProgDetach
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
            ? library.bpf_xdp_detach((int)attachment.Parameter, 0)
            : library.bpf_prog_detach2(attachment.Program, (int)attachment.Parameter, attachment.Hook.Type);
        if (result != 0)
        {
            context.Output.FailCall($"failed prog detach from '{attachment.Hook.Section}'", result);
            result = -(int)Errno.EINVAL;
        }

        context.Kernel.Close(attachment.Program);
        return result == 0 ? context.Output.Done() : result;
    }
}
