using System.Globalization;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary>The facts that a map is introduced with. The kernel keeps no flags of maps: they are always 0.</summary>
internal static class MapHeader
{
    /// <summary>Writes the first line.</summary>
    public static void Write(TextWriter output, in BpfMapInfo info)
    {
        string type = BpfMapTypeNames.NameOf(info.Type) ?? $"type {(uint)info.Type}";
        string name = info.Name.ToString();
        output.Write(string.Create(CultureInfo.InvariantCulture, $"{info.Id}: {type}  {(name.Length > 0 ? $"name {name}  " : "")}flags 0x0\n"));
    }

    /// <summary>Writes the first members.</summary>
    public static void Write(BpftoolJson json, in BpfMapInfo info)
    {
        json.Number("id", info.Id);
        json.Name("type");
        if (BpfMapTypeNames.NameOf(info.Type) is { } type)
        {
            json.Text(type);
        }
        else
        {
            json.Number((uint)info.Type);
        }

        string name = info.Name.ToString();
        if (name.Length > 0)
        {
            json.Text("name", name);
        }

        json.Number("flags", 0);
    }
}
