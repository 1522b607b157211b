using System.Globalization;
using KernelSim.Protocol;

namespace KernelSim.LabScripts;

/// <summary>Control codes as text: the number in hex, or the macro as a driver's header has it.</summary>
internal static class ControlCodeText
{
    /// <summary>What a field takes.</summary>
    public const string Expected =
        "a number, \"0x80002000\", or \"CTL_CODE(0x8000, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)\": device type, function, method, access";

    private const string Macro = "CTL_CODE";
    private const uint LargestFunction = 0xFFF;
    private const uint MostAccess = 3;

    private static readonly Dictionary<string, uint> s_constants = new()
    {
        ["METHOD_BUFFERED"] = (uint)IoMethod.Buffered,
        ["METHOD_IN_DIRECT"] = (uint)IoMethod.InDirect,
        ["METHOD_OUT_DIRECT"] = (uint)IoMethod.OutDirect,
        ["METHOD_NEITHER"] = (uint)IoMethod.Neither,
        ["FILE_ANY_ACCESS"] = 0,
        ["FILE_SPECIAL_ACCESS"] = 0,
        ["FILE_READ_ACCESS"] = 1,
        ["FILE_READ_DATA"] = 1,
        ["FILE_WRITE_ACCESS"] = 2,
        ["FILE_WRITE_DATA"] = 2,
        ["FILE_DEVICE_NETWORK"] = 0x12,
        ["FILE_DEVICE_UNKNOWN"] = 0x22,
    };

    /// <summary>Parses a code.</summary>
    public static bool TryParse(string text, out IoControlCode code)
    {
        code = default;
        if (PartsOf(text) is not { } parts)
        {
            bool isNumber = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) & TryParseNumber(text, out uint value);
            code = new IoControlCode(value);
            return isNumber;
        }

        if (parts.Length == 4
            && TryParsePart(parts[0], ushort.MaxValue, out uint type)
            && TryParsePart(parts[1], LargestFunction, out uint function)
            && TryParsePart(parts[2], (uint)IoMethod.Neither, out uint method)
            && TryParsePart(parts[3], MostAccess, out uint access))
        {
            code = new IoControlCode((ushort)type, (ushort)function, (IoMethod)method, (byte)access);
            return true;
        }

        return false;
    }

    /// <summary>The arguments of the macro; null if the text is not the macro.</summary>
    private static string[]? PartsOf(string text)
    {
        string trimmed = text.Trim();
        if (!trimmed.StartsWith(Macro, StringComparison.Ordinal))
        {
            return null;
        }

        string arguments = trimmed[Macro.Length..].TrimStart();
        return arguments is ['(', .., ')'] ? arguments[1..^1].Split(',') : null;
    }

    /// <summary>A number or a constant, or several with <c>|</c> between them.</summary>
    private static bool TryParsePart(string text, uint largest, out uint value)
    {
        value = 0;
        foreach (string word in text.Split('|', StringSplitOptions.TrimEntries))
        {
            if (!s_constants.TryGetValue(word, out uint number) && !TryParseNumber(word, out number))
            {
                return false;
            }

            value |= number;
        }

        return value <= largest;
    }

    private static bool TryParseNumber(string text, out uint number) => text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        ? uint.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
