using System.Globalization;

namespace KernelSim.Debugger.Commands;

/// <summary>The words after a command's name. A read takes the next word; a wrong one is a <see cref="CommandException"/>.</summary>
internal sealed class ArgumentList(string command, IReadOnlyList<string> words)
{
    private int _next;

    public bool IsEmpty => _next >= words.Count;

    /// <summary>The next word without taking it; null at the end.</summary>
    public string? Peek() => IsEmpty ? null : words[_next];

    /// <summary>The next word; null at the end.</summary>
    public string? Word() => IsEmpty ? null : words[_next++];

    /// <summary>The next word, which must be there.</summary>
    /// <param name="expected">What it is, such as <c>a pool tag</c>.</param>
    public string Word(string expected) => Word() ?? throw new CommandException($"{command}: nothing given, expected {expected}");

    /// <summary>A decimal number, or one in hex after 0x; null at the end.</summary>
    /// <param name="expected">What it is, such as <c>a process id</c>.</param>
    public uint? Number(string expected)
    {
        if (Word() is not { } word)
        {
            return null;
        }

        bool isHex = word.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return uint.TryParse(isHex ? word[2..] : word, isHex ? NumberStyles.AllowHexSpecifier : NumberStyles.None, null, out uint number)
            ? number
            : throw new CommandException($"{command}: '{word}' given, expected {expected}");
    }

    /// <summary>As <see cref="Number"/>, but it must be there.</summary>
    public uint RequiredNumber(string expected) => Number(expected) ?? throw new CommandException($"{command}: nothing given, expected {expected}");

    /// <summary>An address: hex digits, with or without 0x, and with or without WinDbg's grave accent; null at the end.</summary>
    public ulong? Address() => Word() is { } word
        ? TryParseAddress(word, out ulong address)
            ? address
            : throw new CommandException($"{command}: '{word}' given, expected an address in hex, such as 0xffff800000010010")
        : null;

    /// <summary>As <see cref="Address"/>, but it must be there.</summary>
    public ulong RequiredAddress() => Address() ?? throw new CommandException($"{command}: nothing given, expected an address in hex");

    /// <summary>The words that are left.</summary>
    public IEnumerable<string> Rest() => words.Skip(_next);

    /// <summary>Refuses words that are left.</summary>
    public void End()
    {
        if (Peek() is { } word)
        {
            throw new CommandException($"{command}: '{word}' given, expected nothing more");
        }
    }

    public static bool TryParseAddress(string word, out ulong address)
    {
        string digits = word.Replace("`", "", StringComparison.Ordinal);
        digits = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? digits[2..] : digits;
        return ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out address);
    }
}
