using System.Text;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>
/// Finds out which providers a stream of events has heard, without reading the events: the first event of a kind brings a description
/// with its provider's name, as UTF-16 that ends with a zero.
/// </summary>
internal sealed class ProviderScan
{
    private readonly List<(string Name, byte[] Bytes)> _missing;
    private readonly int _longest;
    private byte[] _tail = [];

    /// <summary>Makes one.</summary>
    /// <param name="providers">The providers that were asked for.</param>
    public ProviderScan(IEnumerable<ProviderRequest> providers)
    {
        _missing = [.. providers.Select(p => p.Name).Distinct().Select(n => (n, Encoding.Unicode.GetBytes(n + '\0')))];
        _longest = _missing.Max(m => m.Bytes.Length);
    }

    /// <summary>Those that were heard.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>Looks at the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_missing.Count == 0)
        {
            return;
        }

        // A name may begin in one block and end in the next.
        Span<byte> seam = [.. _tail, .. bytes[..Math.Min(bytes.Length, _longest - 1)]];
        for (int i = _missing.Count - 1; i >= 0; i--)
        {
            if (seam.IndexOf(_missing[i].Bytes) >= 0 || bytes.IndexOf(_missing[i].Bytes) >= 0)
            {
                Heard.Add(_missing[i].Name);
                _missing.RemoveAt(i);
            }
        }

        ReadOnlySpan<byte> rest = bytes.Length >= _longest - 1 ? bytes[^(_longest - 1)..] : [.. _tail, .. bytes];
        _tail = [.. rest[Math.Max(0, rest.Length - (_longest - 1))..]];
    }
}
