namespace KernelSim.Tool.Bpftool.Output;

/// <summary>Numbers that may have names.</summary>
internal static class NumberNames
{
    /// <summary>Writes a member: the name, or the number of one that has none.</summary>
    public static void Write(BpftoolJson json, string member, string? name, uint number)
    {
        json.Name(member);
        if (name is null)
        {
            json.Number(number);
        }
        else
        {
            json.Text(name);
        }
    }
}
