using System.Globalization;

namespace KernelSim.UserMode.Tests.Support;

/// <summary>One event as it was heard.</summary>
internal sealed record TracedEvent(string Provider, string Name, ulong RequestId, IReadOnlyDictionary<string, object> Payload)
{
    public string Text(string field) => (string)Payload[field];

    public long Number(string field) => Convert.ToInt64(Payload[field], CultureInfo.InvariantCulture);

    public ulong Address(string field) => (ulong)Payload[field];
}
