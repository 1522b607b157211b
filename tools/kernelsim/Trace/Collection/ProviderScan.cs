using System.Text;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>
/// Finds out which providers a stream has events of, without parsing the events: the first event of a kind comes with metadata that
/// contains its provider's name, as zero-terminated UTF-16.
/// </summary>
internal sealed class ProviderScan
{
    private readonly List<(string Name, byte[] Bytes)> _missing;
    private readonly int _longest;
    private byte[] _tail = [];

    /// <param name="providers">The providers that were requested.</param>
    public ProviderScan(IEnumerable<ProviderRequest> providers)
    {
        _missing = [.. providers.Select(p => p.Name).Distinct().Select(n => (n, Encoding.Unicode.GetBytes(n + '\0')))];
        _longest = _missing.Max(m => m.Bytes.Length);
    }

    /// <summary>The requested providers that the stream has events of.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>Searches the next bytes of the stream.</summary>
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
