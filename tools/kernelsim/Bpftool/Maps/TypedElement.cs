using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.Tool.Bpftool.Output;
using KernelSim.Tool.Bpftool.Types;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary>Prints an element by its types.</summary>
/// <param name="json">Where to.</param>
/// <param name="types">Types of key and value; what has none is printed as bytes.</param>
/// <param name="plain">Whether the document stands for text.</param>
internal sealed class TypedElement(BpftoolJson json, ElementTypes types, bool plain)
{
    /// <summary>Prints the members.</summary>
    public void PrintMembers(MapAccess map)
    {
        json.Name("key");
        Print(types.Key, map.Key);
        if (map.IsPerCpu)
        {
            PerCpuJson.Write(json, map, value => Print(types.Value, value));
        }
        else
        {
            json.Name("value");
            Print(types.Value, map.Value);
        }
    }

    private void Print(BtfType? type, ReadOnlySpan<byte> bytes)
    {
        if (type is null)
        {
            HexText.Write(json, bytes);
        }
        else
        {
            type.Print(json, bytes, plain);
        }
    }
}
