using System.Globalization;
using System.Text.RegularExpressions;
using KernelSim.Protocol;

namespace KernelSim.Tool.Script;

/// <summary>Control codes as text: the number in hex, or the macro as a driver's header has it.</summary>
internal static partial class ControlCodeText
{
    /// <summary>What a field takes.</summary>
    public const string Expected =
        "a number, \"0x80002000\", or \"CTL_CODE(0x8000, 0x800, METHOD_BUFFERED, FILE_ANY_ACCESS)\": device type, function, method, access";

    private const uint LargestFunction = 0xFFF;

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
        if (Macro().Match(text) is not { Success: true } macro)
        {
            bool isNumber = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) & TryParseNumber(text, out uint value);
            code = new IoControlCode(value);
            return isNumber;
        }

        if (TryParsePart(macro.Groups[1].Value, ushort.MaxValue, out uint type)
            && TryParsePart(macro.Groups[2].Value, LargestFunction, out uint function)
            && TryParsePart(macro.Groups[3].Value, (uint)IoMethod.Neither, out uint method)
            && TryParsePart(macro.Groups[4].Value, 3, out uint access))
        {
            code = new IoControlCode((ushort)type, (ushort)function, (IoMethod)method, (byte)access);
            return true;
        }

        return false;
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

    [GeneratedRegex(@"^\s*CTL_CODE\s*\(([^,]*),([^,]*),([^,]*),([^,]*)\)\s*$")]
    private static partial Regex Macro();
}
