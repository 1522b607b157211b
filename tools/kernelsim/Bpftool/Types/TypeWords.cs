using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool.Types;

/// <summary>The options <c>--key TYPE</c> and <c>--value TYPE</c> of the verbs that print elements.</summary>
/// <param name="Key">The text of the key's type; null if it was not given.</param>
/// <param name="Value">The text of the value's type; null if it was not given.</param>
internal sealed record TypeWords(string? Key, string? Value)
{
    /// <summary>Takes them from the words of a command.</summary>
    public static TypeWords Take(WordReader words) => new(words.TakeValueOf("--key"), words.TakeValueOf("--value"));

    /// <summary>Reads the types for a map.</summary>
    /// <param name="output">Where complaints go.</param>
    /// <param name="map">The map, whose sizes they must have.</param>
    /// <param name="types">The types; null if none was given.</param>
    /// <returns>False after a complaint.</returns>
    public bool TryParse(BpftoolOutput output, MapAccess map, out ElementTypes? types)
    {
        types = null;
        if (!TryParse(output, "--key", Key, map.Info.KeySize, out BtfType? key)
            || !TryParse(output, "--value", Value, map.Info.ValueSize, out BtfType? value))
        {
            return false;
        }

        types = key is null && value is null ? null : new ElementTypes(key, value);
        return true;
    }

    private static bool TryParse(BpftoolOutput output, string option, string? text, uint size, out BtfType? type)
    {
        type = null;
        if (text is null)
        {
            return true;
        }

        string? problem = TypeParser.TryParse(text, out type);
        problem ??= type!.Size == size ? null : $"a type of {type.Size} bytes given, expected {size}";
        if (problem is not null)
        {
            output.Fail($"{option} '{text}': {problem}");
        }

        return problem is null;
    }
}
