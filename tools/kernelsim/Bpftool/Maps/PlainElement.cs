using System.Globalization;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary>Prints an element as lines of hex.</summary>
/// <param name="output">Where to.</param>
internal sealed class PlainElement(TextWriter output)
{
    private const uint MostOfPart = 16;
    private const uint MostOfLine = 24;

    /// <summary>Prints key and value.</summary>
    public void Print(MapAccess map)
    {
        if (map.IsPerCpu)
        {
            PrintPerCpu(map);
            return;
        }

        (uint keySize, uint valueSize) = (map.Info.KeySize, map.Info.ValueSize);
        Spacing spacing = new(keySize, valueSize);
        if (keySize > 0)
        {
            output.Write("key:");
            output.Write(spacing.AfterName);
            HexText.Write(output, map.Key);
            output.Write(spacing.BetweenParts);
        }

        if (valueSize > 0)
        {
            output.Write("value:");
            output.Write(spacing.AfterName);
            HexText.Write(output, map.Value);
        }

        output.Write('\n');
    }

    /// <summary>Prints a key, and words for the value.</summary>
    public void PrintFailure(MapAccess map, string why)
    {
        Spacing spacing = new(map.Info.KeySize, (uint)why.Length);
        output.Write("key:");
        output.Write(spacing.AfterName);
        HexText.Write(output, map.Key);
        output.Write(spacing.BetweenParts);
        output.Write($"value:{spacing.AfterName}{why}\n");
    }

    private void PrintPerCpu(MapAccess map)
    {
        output.Write("key:\n");
        HexText.Write(output, map.Key);
        output.Write('\n');
        for (int cpu = 0; cpu < map.Layout.SlotCount; cpu++)
        {
            output.Write(string.Create(CultureInfo.InvariantCulture, $"value (CPU {cpu:d2}):{(map.Info.ValueSize > MostOfPart ? '\n' : ' ')}"));
            HexText.Write(output, map.ValueOf(cpu));
            output.Write('\n');
        }
    }

    /// <summary>Whether key and value fit a line.</summary>
    private readonly ref struct Spacing(uint keySize, uint valueSize)
    {
        private readonly bool _breaksNames = keySize > MostOfPart || valueSize > MostOfPart;

        public char AfterName => _breaksNames ? '\n' : ' ';

        public string BetweenParts => keySize + valueSize <= MostOfLine && !_breaksNames ? "  " : "\n";
    }
}
