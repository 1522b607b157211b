using System.Globalization;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;
using KernelSim.Tool.Bpftool.Types;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary>
/// <c>--layout</c>: the bytes of a key and of a value as they lie in memory, one after the other as in a message, with each CPU's slot and
/// the padding of slots and structures.
/// </summary>
/// <param name="types">Types of key and value; null if they are not known.</param>
internal sealed class ElementLayout(ElementTypes? types) : IElementExtra
{
    private const string Padding = "padding";

    /// <inheritdoc/>
    public string? ProblemWith(MapAccess map) => null;

    /// <inheritdoc/>
    public void Print(TextWriter output, MapAccess map)
    {
        byte[] bytes = [.. map.Key, .. map.Value];
        TypePart[] parts = [.. Parts(map)];
        int width = parts.Length == 0 ? 0 : parts.Max(p => p.Name.Length);
        output.Write("layout:\n");
        foreach (TypePart part in parts)
        {
            string name = part.Name.PadRight(width);
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{part.Offset,6} {part.Size,5}  {name}  "));
            output.Write(BytesOf(bytes, part));
            output.Write('\n');
        }
    }

    /// <inheritdoc/>
    public void Print(BpftoolJson json, MapAccess map)
    {
        byte[] bytes = [.. map.Key, .. map.Value];
        json.Name("layout");
        json.BeginArray();
        foreach (TypePart part in Parts(map))
        {
            json.BeginObject();
            json.Text("name", part.Name);
            json.Number("offset", part.Offset);
            json.Number("size", part.Size);
            json.Text("bytes", Convert.ToHexStringLower(bytes, (int)part.Offset, (int)part.Size));
            json.EndObject();
        }

        json.EndArray();
    }

    private static string BytesOf(byte[] bytes, TypePart part) =>
        string.Join(' ', bytes.AsSpan((int)part.Offset, (int)part.Size).ToArray().Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));

    private IEnumerable<TypePart> Parts(MapAccess map)
    {
        uint keySize = map.Info.KeySize;
        foreach (TypePart part in Filled(types?.Key, 0, keySize, "key"))
        {
            yield return part;
        }

        for (int cpu = 0; cpu < map.Layout.SlotCount; cpu++)
        {
            string name = map.IsPerCpu ? $"value (CPU {cpu:d2})" : "value";
            uint start = keySize + (uint)(cpu * map.Layout.Stride);
            foreach (TypePart part in Filled(types?.Value, start, map.Info.ValueSize, name))
            {
                yield return part;
            }

            if (map.Layout.Padding > 0)
            {
                yield return new TypePart(start + map.Info.ValueSize, map.Layout.Padding, Padding);
            }
        }
    }

    /// <summary>The parts of a key or a value, with the padding between and after them.</summary>
    private static IEnumerable<TypePart> Filled(BtfType? type, uint start, uint size, string name)
    {
        uint at = start;
        foreach (TypePart part in (type?.Parts(start, name) ?? [new TypePart(start, size, name)]).Where(p => p.Size > 0))
        {
            if (part.Offset > at)
            {
                yield return new TypePart(at, part.Offset - at, Padding);
            }

            yield return part;
            at = Math.Max(at, part.Offset + part.Size);
        }

        if (at < start + size)
        {
            yield return new TypePart(at, start + size - at, Padding);
        }
    }
}
