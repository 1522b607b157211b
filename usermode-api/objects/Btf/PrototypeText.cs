using System.Text;

namespace KernelSim.ObjectFiles.Btf;

/// <summary>The text of a function's declaration: <c>btf_dumper_type_only</c>. A type is followed by a blank, whatever comes after it.</summary>
/// <param name="types">The types that it refers to.</param>
internal sealed class PrototypeText(BtfTypeTable types)
{
    private const int Longest = 1024;
    private const int Deepest = 32;

    private readonly StringBuilder _text = new();

    public string? Of(int id)
    {
        BtfType function = types[id];
        return function.Kind == BtfKind.Function && TryFunction(types[function.Target], function.Name, 0) && _text.Length < Longest
            ? _text.ToString()
            : null;
    }

    private bool TryFunction(BtfType prototype, string name, int depth)
    {
        if (prototype.Kind != BtfKind.FunctionPrototype || !TryType(prototype.Target, depth))
        {
            return false;
        }

        _text.Append(name).Append('(');
        int at = 0;
        foreach (BtfMember parameter in prototype.Members())
        {
            _text.Append(at++ > 0 ? ", " : "");
            if (!TryParameter(parameter, depth))
            {
                return false;
            }
        }

        _text.Append(')');
        return _text.Length < Longest;
    }

    private bool TryParameter(BtfMember parameter, int depth)
    {
        if (parameter.Type == 0)
        {
            _text.Append("...");
            return true;
        }

        if (!TryType(parameter.Type, depth))
        {
            return false;
        }

        if (parameter.Name.Length == 0 && _text[^1] == ' ')
        {
            _text.Length--;
        }

        _text.Append(parameter.Name);
        return true;
    }

    private bool TryType(int id, int depth)
    {
        BtfType type = types[id];
        if (depth > Deepest || _text.Length >= Longest)
        {
            return false;
        }

        switch (type.Kind)
        {
            case BtfKind.Void:
                _text.Append("void ");
                return true;
            case BtfKind.Pointer:
                return TryType(type.Target, depth + 1) && Append("* ");
            case BtfKind.Array:
                return TryType(type.ElementType, depth + 1) && Append($"[{type.ArrayLength}]");
            case BtfKind.Const or BtfKind.Volatile or BtfKind.Restrict:
                return Append(KeywordOf(type)) && TryType(type.Target, depth + 1);
            case BtfKind.TypeTag:
                return TryType(type.Target, depth + 1);
            case BtfKind.FunctionPrototype:
                return TryFunction(type, "", depth + 1);
            default:
                return Append(KeywordOf(type)) && Append($"{type.Name} ");
        }
    }

    private static string KeywordOf(BtfType type) => type.Kind switch
    {
        BtfKind.Const => "const ",
        BtfKind.Volatile => "volatile ",
        BtfKind.Restrict => "restrict ",
        BtfKind.Struct => "struct ",
        BtfKind.Union => "union ",
        BtfKind.Enum or BtfKind.Enum64 => "enum ",
        BtfKind.Forward => type.KindFlag ? "union " : "struct ",
        _ => "",
    };

    private bool Append(string text)
    {
        _text.Append(text);
        return true;
    }
}
