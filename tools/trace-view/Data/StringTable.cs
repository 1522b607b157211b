using System.Runtime.InteropServices;

namespace KernelSim.TraceView.Data;

/// <summary>The strings of a page, each once, numbered in the order in which they were first met.</summary>
internal sealed class StringTable
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<string> _strings = [];

    /// <summary>All of them, by number.</summary>
    public IReadOnlyList<string> Strings => _strings;

    /// <summary>The number of a string.</summary>
    public int Number(string text)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, text, out bool known);
        if (!known)
        {
            number = _strings.Count;
            _strings.Add(text);
        }

        return number;
    }
}
