using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary>Opens the maps that a command is about.</summary>
internal static class MapOpening
{
    /// <summary>Opens the map that words select.</summary>
    /// <returns>Null after a complaint, or if there is none.</returns>
    /// <exception cref="BpftoolExit">There are too few words.</exception>
    public static MapAccess? Open(BpftoolContext context, WordReader words)
    {
        if (words.Left < 2)
        {
            throw new BpftoolExit();
        }

        return ObjectSelector.ForMaps(context).TryOpenOne(words, out int fd) && TryDescribe(context, fd, out MapAccess? map) ? map : null;
    }

    /// <summary>Takes a descriptor over.</summary>
    public static bool TryDescribe(BpftoolContext context, int fd, out MapAccess? map)
    {
        BpfMapInfo info = default;
        map = null;
        int result = context.Kernel.GetInfo(fd, ref info);
        if (result != 0)
        {
            context.Output.FailCall("can't get map info", result);
        }
        else if (info.KeySize + PerCpuLayout.TotalOf(info.ValueSize, context.Kernel.Processors) > UserBlocks.LargestBlock)
        {
            context.Output.Fail("mem alloc failed");
        }
        else
        {
            map = new MapAccess(context.Kernel, fd, info);
            return true;
        }

        context.Kernel.Close(fd);
        return false;
    }
}
