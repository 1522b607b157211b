using System.Globalization;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;
using KernelSim.Tool.Bpftool.Types;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary><c>--sum</c>: the values of all CPUs added, as integers of the value's size or by the value's type.</summary>
/// <param name="type">Type of a value; null if it is not known.</param>
internal sealed class ElementSum(BtfType? type) : IElementExtra
{
    private static readonly uint[] s_sizes = [1, 2, 4, 8];

    /// <inheritdoc/>
    public string? ProblemWith(MapAccess map)
    {
        if (!map.IsPerCpu)
        {
            return $"--sum: map '{map.Name}' of type {map.Traits} given, expected a map with a value for each CPU";
        }

        if (type is null)
        {
            return s_sizes.Contains(map.Info.ValueSize)
                ? null
                : $"--sum: values of {map.Info.ValueSize} bytes given, expected 1, 2, 4 or 8, or their type with --value";
        }

        return type.IsSummable ? null : "--sum: a type without integers given, expected one with some";
    }

    /// <inheritdoc/>
    public void Print(TextWriter output, MapAccess map)
    {
        output.Write("value (sum): ");
        BpftoolJson json = new(output, pretty: false);
        PrintSum(json, map);
        output.Write('\n');
    }

    /// <inheritdoc/>
    public void Print(BpftoolJson json, MapAccess map)
    {
        json.Name("sum");
        PrintSum(json, map);
    }

    private void PrintSum(BpftoolJson json, MapAccess map)
    {
        BtfType summed = type ?? IntNames.Find(string.Create(CultureInfo.InvariantCulture, $"u{map.Info.ValueSize * 8}"))!;
        summed.PrintSum(json, new CpuValues(map.Value, (int)map.Layout.Stride, map.Layout.SlotCount));
    }
}
