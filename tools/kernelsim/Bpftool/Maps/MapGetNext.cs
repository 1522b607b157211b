using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary><c>map getnext</c>.</summary>
internal static class MapGetNext
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words)
    {
        using MapAccess? map = MapOpening.Open(context, words);
        if (map is null)
        {
            return BpftoolOutput.Failed;
        }

        bool first = words.Left == 0;
        using ElementReader element = new(context, map) { NeedsKey = !first, MayHaveValue = false };
        if (!element.Read(words))
        {
            return BpftoolOutput.Failed;
        }

        int result = map.NextKey(first);
        if (result != 0)
        {
            context.Output.FailCall("can't get next key", result);
            return result;
        }

        if (context.Output.Json is { } json)
        {
            Write(json, map, first);
        }
        else
        {
            Write(context.Output.Out, map, first);
        }

        return 0;
    }

    private static void Write(BpftoolJson json, MapAccess map, bool first)
    {
        json.BeginObject();
        json.Name("key");
        if (first)
        {
            json.Null();
        }
        else
        {
            HexText.Write(json, map.Key);
        }

        json.Name("next_key");
        HexText.Write(json, map.Next);
        json.EndObject();
    }

    private static void Write(TextWriter output, MapAccess map, bool first)
    {
        output.Write(first ? "key: None" : "key:\n");
        if (!first)
        {
            HexText.Write(output, map.Key);
        }

        output.Write("\nnext key:\n");
        HexText.Write(output, map.Next);
        output.Write('\n');
    }
}
