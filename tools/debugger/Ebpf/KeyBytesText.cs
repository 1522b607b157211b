using System.Text;
using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Ebpf;

/// <summary>Reads a key as hex digits, in one word or several.</summary>
internal static class KeyBytesText
{
    public static byte[] Read(ArgumentList arguments, string command, MapView map)
    {
        StringBuilder digits = new();
        while (arguments.Word() is { } word)
        {
            digits.Append(word.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? word[2..] : word);
        }

        string text = digits.ToString();
        return text.Length == 2 * map.KeySize && text.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(text)
            : throw new CommandException($"{command}: key '{text}' given, expected {2 * map.KeySize} hex digits: map {map.Id} has keys of "
                + $"{map.KeySize} bytes");
    }
}
