namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>One event of the kernel's provider.</summary>
internal sealed record KernelEvent(string Name, IReadOnlyDictionary<string, object> Payload)
{
    public long Number(string field) => Convert.ToInt64(Payload[field], System.Globalization.CultureInfo.InvariantCulture);

    public string Text(string field) => (string)Payload[field];
}
