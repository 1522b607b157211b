using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary><c>map update</c>, <c>map push</c>, <c>map enqueue</c>.</summary>
internal static class MapUpdate
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words)
    {
        using MapAccess? map = MapOpening.Open(context, words);
        if (map is null)
        {
            return BpftoolOutput.Failed;
        }

        using ElementReader element = new(context, map) { NeedsValue = map.Info.ValueSize > 0, MayHaveValue = true, TakesFlag = true };
        if (!element.Read(words))
        {
            return BpftoolOutput.Failed;
        }

        int result = map.Update(element.Flags);
        if (result != 0)
        {
            context.Output.FailCall("update failed", result);
            return result;
        }

        return context.Output.Done();
    }
}
