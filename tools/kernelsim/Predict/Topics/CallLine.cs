using System.Globalization;
using System.Text;
using KernelSim.LabScripts;

namespace KernelSim.Tool.Predict.Topics;

/// <summary>Lines of lab scripts, as topics compose them.</summary>
internal static class CallLine
{
    /// <summary>A <c>map_create</c> that names its descriptor like the map.</summary>
    public static string Create(string type, string name, int keySize, int valueSize, int maxEntries) =>
        Of("map_create", ("as", name), ("type", type), ("name", name), ("key_size", keySize), ("value_size", valueSize), ("max_entries", maxEntries));

    /// <summary>A line from its op and fields: numbers as they are, everything else as text; a field whose value is null is left out.</summary>
    public static string Of(string op, params (string Name, object? Value)[] fields)
    {
        StringBuilder line = new($"{{\"op\":\"{op}\"");
        foreach ((string name, object? value) in fields)
        {
            if (value is not null)
            {
                string quote = value is int ? "" : "\"";
                line.Append(CultureInfo.InvariantCulture, $",\"{name}\":{quote}{value}{quote}");
            }
        }

        return line.Append('}').ToString();
    }

    /// <summary>A number as a script writes it: so many bytes, little endian, as hex.</summary>
    public static string Le(long number, int bytes)
    {
        byte[] value = new byte[Math.Max(bytes, sizeof(long))];
        BitConverter.TryWriteBytes(value, number);
        return Hex.Of(value.AsSpan(0, bytes));
    }

    /// <summary>Several numbers, one after the other.</summary>
    public static string Le(IEnumerable<int> numbers, int bytes) => string.Concat(numbers.Select(n => Le(n, bytes)));
}
