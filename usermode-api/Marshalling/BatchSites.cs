namespace KernelSim.UserMode.Marshalling;

/// <summary>The names of the places where a batch call accesses its arguments, for access violations.</summary>
internal sealed class BatchSites
{
    public static readonly BatchSites Lookup = new("lookup_batch");

    public static readonly BatchSites LookupAndDelete = new("lookup_and_delete_batch");

    public static readonly BatchSites Update = new("update_batch");

    public static readonly BatchSites Delete = new("delete_batch");

    private BatchSites(string operation)
    {
        Options = $"library:{operation}.opts";
        Count = $"library:{operation}.count";
        InBatch = $"library:{operation}.in_batch";
        OutBatch = $"library:{operation}.out_batch";
        Keys = $"library:{operation}.keys";
        Values = $"library:{operation}.values";
    }

    public string Options { get; }

    public string Count { get; }

    public string InBatch { get; }

    public string OutBatch { get; }

    public string Keys { get; }

    public string Values { get; }
}
