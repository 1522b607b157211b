using System.Diagnostics.Tracing;
using System.Globalization;

namespace KernelSim.Tests;

/// <summary>One event as a reader saw it.</summary>
public sealed record RecordedEvent(
    string Provider, int Id, string Name, EventLevel Level, EventKeywords Keywords, IReadOnlyList<KeyValuePair<string, object>> Payload)
{
    /// <summary>The payload's bytes, where the reader shows them.</summary>
    public byte[] Wire { get; init; } = [];

    /// <summary>The call or request that the event belongs to; 0 outside of one.</summary>
    public ulong RequestId => (ulong)Payload[0].Value;

    /// <summary>The number that the provider gave it.</summary>
    public ulong Sequence => Assert.IsType<ulong>(Payload[^1].Value);

    /// <summary>The fields between the first two and the sequence number.</summary>
    public IEnumerable<KeyValuePair<string, object>> OwnFields => Payload.Skip(2).SkipLast(1);

    public string Text(string field) => (string)this[field];

    public long Number(string field) => Convert.ToInt64(this[field], CultureInfo.InvariantCulture);

    public ulong Address(string field) => (ulong)this[field];

    /// <summary>The name, and all fields but the sequence number.</summary>
    public override string ToString() => Describe(requestIdBase: 0);

    /// <summary>As <see cref="ToString"/>, with the request id counted from a base.</summary>
    public string Describe(ulong requestIdBase)
    {
        IEnumerable<object> fields = Payload.Skip(1).SkipLast(1).Select(field => field.Value).Prepend(RequestId - requestIdBase);
        return string.Create(CultureInfo.InvariantCulture, $"{Name} {string.Join(' ', fields)}");
    }

    private object this[string field] => Payload.First(f => f.Key == field).Value;
}
