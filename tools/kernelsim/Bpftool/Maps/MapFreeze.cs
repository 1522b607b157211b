using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary><c>map freeze</c>: the library has no such call, and its <c>bpf</c> no such command.</summary>
internal static class MapFreeze
{
    private const BpfCmdId Freeze = (BpfCmdId)22;

    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words)
    {
        if (!words.Require(2) || !ObjectSelector.ForMaps(context).TryOpenOne(words, out int fd))
        {
            return BpftoolOutput.Failed;
        }

        BpftoolKernel kernel = context.Kernel;
        using HeapBlock attributes = new(kernel.Memory, sizeof(int));
        try
        {
            if (words.Left > 0)
            {
                return words.Refuse();
            }

            BitConverter.TryWriteBytes(attributes.Bytes, fd);
            attributes.Push();
            int result = kernel.Library.bpf(Freeze, attributes.Address, sizeof(int));
            if (result < 0)
            {
                context.Output.FailCall("failed to freeze map", result);
                return result;
            }

            return context.Output.Done();
        }
        finally
        {
            kernel.Close(fd);
        }
    }
}
