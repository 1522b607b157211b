using System.Globalization;

namespace KernelSim.Tool.Bpftool.Types;

/// <summary>
/// Reads a type that was written as in C: <c>u32 pid</c>, <c>char name[16]</c>, <c>struct { u64 packets; u64 bytes; }</c>, unions, enumerations and
/// bit fields. The name of the whole is for the reader only.
/// </summary>
internal sealed class TypeParser
{
    /// <summary>Most bytes of a type.</summary>
    public const uint LargestType = 1 << 20;

    private const int DeepestNesting = 16;
    private const string KnownTypes = "a type such as u32, char or struct";

    private readonly TypeTokens _tokens;
    private string? _problem;
    private int _depth;

    private TypeParser(string text) => _tokens = new TypeTokens(text);

    /// <summary>Reads a type.</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">The type; null on failure.</param>
    /// <returns>What is wrong with it; null on success.</returns>
    public static string? TryParse(string text, out BtfType? type)
    {
        TypeParser parser = new(text);
        type = parser.Declaration(needsName: false, out _);
        parser._tokens.TryTake(";");
        if (type is not null && !parser._tokens.AtEnd)
        {
            type = parser.Refuse("the end");
        }

        return type is null ? parser._problem : null;
    }

    /// <summary>A type, a name, and the lengths of an array.</summary>
    private BtfType? Declaration(bool needsName, out string name)
    {
        name = "";
        BtfType? type = Specifier();
        if (type is null)
        {
            return null;
        }

        if (_tokens.IsWord)
        {
            name = _tokens.Take();
        }
        else if (needsName)
        {
            return Refuse("a name");
        }

        return Array(type);
    }

    /// <summary>The lengths of an array, of which the last is the innermost.</summary>
    private BtfType? Array(BtfType type)
    {
        if (!_tokens.TryTake("["))
        {
            return type;
        }

        string given = _tokens.Current;
        if (!TryNumber(out long count) || count < 1)
        {
            return Refuse("a number of elements", given);
        }

        if (!_tokens.TryTake("]"))
        {
            return Refuse("']'");
        }

        BtfType? element = Array(type);
        return element is null ? null
            : (ulong)element.Size * (ulong)count <= LargestType ? new ArrayType(element, (uint)count)
            : RefuseSize((ulong)element.Size * (ulong)count);
    }

    private BtfType? Specifier() => _tokens.Current switch
    {
        "const" or "volatile" => Skip(Specifier),
        "struct" => Skip(() => Nested(() => Members(isUnion: false))),
        "union" => Skip(() => Nested(() => Members(isUnion: true))),
        "enum" => Skip(Enumeration),
        _ => Integer(),
    };

    private BtfType? Skip(Func<BtfType?> rest)
    {
        _tokens.Take();
        return rest();
    }

    private BtfType? Nested(Func<BtfType?> inner)
    {
        if (++_depth > DeepestNesting)
        {
            return Refuse($"at most {DeepestNesting} types in each other");
        }

        BtfType? type = inner();
        _depth--;
        return type;
    }

    private BtfType? Integer()
    {
        if (!_tokens.IsWord)
        {
            return Refuse(KnownTypes);
        }

        string words = _tokens.Take();
        while (_tokens.IsWord && IntNames.Find($"{words} {_tokens.Current}") is not null)
        {
            words = $"{words} {_tokens.Take()}";
        }

        return IntNames.Find(words) ?? Refuse(KnownTypes, words);
    }

    private BtfType? Members(bool isUnion)
    {
        if (_tokens.IsWord)
        {
            _tokens.Take();
        }

        if (!_tokens.TryTake("{"))
        {
            return Refuse("'{'");
        }

        StructLayout layout = new(isUnion);
        while (!_tokens.TryTake("}"))
        {
            if (!_tokens.IsWord)
            {
                return Refuse($"{KnownTypes}, or '}}'");
            }

            if (!Member(layout))
            {
                return null;
            }
        }

        return layout.Bytes <= LargestType ? layout.Build() : RefuseSize(layout.Bytes);
    }

    private bool Member(StructLayout layout)
    {
        BtfType? type = Declaration(needsName: true, out string name);
        if (type is null)
        {
            return false;
        }

        long bits = 0;
        if (_tokens.TryTake(":") && (!TryNumber(out bits) || bits < 1 || bits > type.Size * 8 || type is not IntType))
        {
            return Refuse("bits of an integer") is not null;
        }

        layout.Add(name, type, (uint)bits);
        return _tokens.TryTake(";") || Refuse("';'") is not null;
    }

    private BtfType? Enumeration()
    {
        if (_tokens.IsWord)
        {
            _tokens.Take();
        }

        if (!_tokens.TryTake("{"))
        {
            return Refuse("'{'");
        }

        Dictionary<long, string> names = [];
        for (long next = 0; !_tokens.TryTake("}"); next++)
        {
            if (!_tokens.IsWord)
            {
                return Refuse("a name");
            }

            string name = _tokens.Take();
            if (_tokens.TryTake("=") && !TryNumber(out next))
            {
                return Refuse("a number");
            }

            names.TryAdd(next, name);
            if (!_tokens.TryTake(",") && _tokens.Current != "}")
            {
                return Refuse("',' or '}'");
            }
        }

        return new EnumType(names);
    }

    private bool TryNumber(out long value)
    {
        bool negative = _tokens.TryTake("-");
        string text = _tokens.Current;
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (!long.TryParse(
            isHex ? text[2..] : text, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        _tokens.Take();
        value = negative ? -value : value;
        return value is >= int.MinValue and <= uint.MaxValue;
    }

    private BtfType? RefuseSize(ulong bytes)
    {
        _problem ??= $"{bytes} bytes given, expected at most {LargestType}";
        return null;
    }

    private BtfType? Refuse(string expected, string? given = null)
    {
        given ??= _tokens.AtEnd ? "" : _tokens.Current;
        _problem ??= $"{(given.Length == 0 ? "nothing" : $"'{given}'")} given, expected {expected}";
        return null;
    }
}
