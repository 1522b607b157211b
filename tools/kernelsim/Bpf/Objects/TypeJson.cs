using System.Text.Json;
using KernelSim.ObjectFiles;

namespace KernelSim.Tool.Bpf.Objects;

/// <summary>A BTF type as the members of a JSON object, with bpftool's names.</summary>
internal static class TypeJson
{
    /// <summary>Writes them.</summary>
    public static void Write(Utf8JsonWriter json, BtfType type)
    {
        json.WriteNumber("id", type.Id);
        json.WriteString("kind", ObjectWords.Kind(type.Kind));
        json.WriteString("name", type.Name.Length > 0 ? type.Name : "(anon)");
        switch (type.Kind)
        {
            case BtfKind.Array:
                json.WriteNumber("type_id", type.ElementType);
                json.WriteNumber("nr_elems", type.ArrayLength);
                break;
            case BtfKind.Int or BtfKind.Float or BtfKind.Enum or BtfKind.Enum64 or BtfKind.Struct or BtfKind.Union or BtfKind.DataSection:
                json.WriteNumber("size", type.Size);
                break;
            case BtfKind.FunctionPrototype:
                json.WriteNumber("ret_type_id", type.Target);
                break;
            case BtfKind.Forward:
                json.WriteString("fwd_kind", type.KindFlag ? "union" : "struct");
                break;
            default:
                json.WriteNumber("type_id", type.Target);
                break;
        }

        if (type.Members().Any())
        {
            SectionsJson.Array(json, "members", type.Members(), member => Member(json, type.Kind, member));
        }
    }

    private static void Member(Utf8JsonWriter json, BtfKind kind, BtfMember member)
    {
        if (kind != BtfKind.DataSection)
        {
            json.WriteString("name", member.Name.Length > 0 ? member.Name : "(anon)");
        }

        switch (kind)
        {
            case BtfKind.Enum or BtfKind.Enum64:
                json.WriteNumber("val", member.Value);
                break;
            case BtfKind.Struct or BtfKind.Union:
                json.WriteNumber("type_id", member.Type);
                json.WriteNumber("bits_offset", member.Value);
                break;
            case BtfKind.DataSection:
                json.WriteNumber("type_id", member.Type);
                json.WriteNumber("offset", member.Value);
                json.WriteNumber("size", member.Size);
                break;
            default:
                json.WriteNumber("type_id", member.Type);
                break;
        }
    }
}
