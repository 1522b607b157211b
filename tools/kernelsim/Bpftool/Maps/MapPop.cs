using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary><c>map pop</c>, <c>map dequeue</c>.</summary>
internal static class MapPop
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words)
    {
        using MapAccess? map = MapOpening.Open(context, words);
        if (map is null)
        {
            return BpftoolOutput.Failed;
        }

        BpftoolOutput output = context.Output;
        int result = map.LookupAndDelete();
        if (result == 0)
        {
            new ElementPrinter(output, types: null).PrintOne(map);
        }
        else if ((Errno)(-result) != Errno.ENOENT)
        {
            output.FailCall("pop failed", result);
        }
        else if (output.Json is { } json)
        {
            json.Null();
        }
        else
        {
            output.Out.Write("Error: empty map\n");
        }

        return result;
    }
}
