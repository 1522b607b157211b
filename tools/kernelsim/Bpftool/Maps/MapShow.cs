using System.Globalization;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary><c>map show</c>, <c>map list</c>.</summary>
internal static class MapShow
{
    /// <summary>Runs it.</summary>
    public static int Run(BpftoolContext context, WordReader words) =>
        ObjectList.Show(context, words, ObjectKind.Map, ObjectSelector.ForMaps(context), Show);

    private static int Show(BpftoolContext context, int fd, PinnedPaths pins)
    {
        BpfMapInfo info = default;
        int result = context.Kernel.GetInfo(fd, ref info);
        if (result != 0)
        {
            context.Output.FailCall("can't get map info", result);
            return result;
        }

        ulong bytes = MapBytes.Of(info, context.Kernel.Processors);
        if (context.Output.Json is { } json)
        {
            Write(json, info, bytes, pins);
        }
        else
        {
            Write(context.Output.Out, info, bytes, pins);
        }

        return 0;
    }

    private static void Write(BpftoolJson json, in BpfMapInfo info, ulong bytes, PinnedPaths pins)
    {
        json.BeginObject();
        MapHeader.Write(json, info);
        json.Number("bytes_key", info.KeySize);
        json.Number("bytes_value", info.ValueSize);
        json.Number("max_entries", info.MaxEntries);
        json.Number("bytes_memlock", bytes);
        json.Number("frozen", 0);
        PinText.Write(json, pins, info.Id);
        json.EndObject();
    }

    private static void Write(TextWriter output, in BpfMapInfo info, ulong bytes, PinnedPaths pins)
    {
        MapHeader.Write(output, info);
        output.Write(string.Create(
            CultureInfo.InvariantCulture,
            $"\tkey {info.KeySize}B  value {info.ValueSize}B  max_entries {info.MaxEntries}  memlock {bytes}B"));
        PinText.Write(output, pins, info.Id);
        output.Write('\n');
    }
}
