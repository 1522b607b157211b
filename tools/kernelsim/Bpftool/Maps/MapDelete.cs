using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary><c>map delete</c>.</summary>
internal static class MapDelete
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words)
    {
        using MapAccess? map = MapOpening.Open(context, words);
        if (map is null)
        {
            return BpftoolOutput.Failed;
        }

        using ElementReader element = new(context, map) { NeedsKey = true, MayHaveValue = false };
        if (!element.Read(words))
        {
            return BpftoolOutput.Failed;
        }

        int result = map.Delete();
        if (result != 0)
        {
            context.Output.FailCall("delete failed", result);
            return result;
        }

        return context.Output.Done();
    }
}
