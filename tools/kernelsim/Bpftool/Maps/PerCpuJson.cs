using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary>Prints a value for each CPU.</summary>
internal static class PerCpuJson
{
    /// <summary>Prints one CPU's value.</summary>
    public delegate void WriteValue(ReadOnlySpan<byte> value);

    /// <summary>Writes the member <c>values</c>.</summary>
    public static void Write(BpftoolJson json, MapAccess map, WriteValue write)
    {
        json.Name("values");
        json.BeginArray();
        for (int cpu = 0; cpu < map.Layout.SlotCount; cpu++)
        {
            json.BeginObject();
            json.Number("cpu", cpu);
            json.Name("value");
            write(map.ValueOf(cpu));
            json.EndObject();
        }

        json.EndArray();
    }
}
