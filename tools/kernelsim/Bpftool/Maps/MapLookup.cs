using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;
using KernelSim.Tool.Bpftool.Types;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary><c>map lookup</c>, <c>map peek</c>.</summary>
internal static class MapLookup
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words)
    {
        TypeWords types = TypeWords.Take(words);
        using MapAccess? map = MapOpening.Open(context, words);
        if (map is null)
        {
            return BpftoolOutput.Failed;
        }

        using ElementReader element = new(context, map) { MayHaveValue = false };
        if (!types.TryParse(context.Output, map, out ElementTypes? typed) || !element.Read(words))
        {
            return BpftoolOutput.Failed;
        }

        int result = map.Lookup();
        if (result == 0)
        {
            new ElementPrinter(context.Output, typed).PrintOne(map);
        }
        else if ((Errno)(-result) == Errno.ENOENT)
        {
            TellMissing(context.Output, map);
        }
        else
        {
            context.Output.FailCall("lookup failed", result);
        }

        return result;
    }

    private static void TellMissing(BpftoolOutput output, MapAccess map)
    {
        if (output.Json is { } json)
        {
            json.Null();
            return;
        }

        output.Out.Write("key:\n");
        HexText.Write(output.Out, map.Key);
        output.Out.Write("\n\nNot found\n");
    }
}
