using KernelSim.Tool.Bpftool.Arguments;

namespace KernelSim.Tool.Bpftool;

/// <summary>A noun of the command line, with its commands: one row of <see cref="NounTable"/>.</summary>
/// <param name="Name">Its keyword.</param>
/// <param name="Usage">What its command <c>help</c> prints.</param>
/// <param name="Commands">Its commands; the first is run if none is given.</param>
internal sealed record NounRow(string Name, string Usage, IReadOnlyList<CommandRow> Commands)
{
    /// <summary>Runs the command that the words begin with.</summary>
    public int Run(BpftoolContext context, WordReader words)
    {
        CommandRow? row = words.Left == 0 ? Commands[0] : Commands.FirstOrDefault(c => words.Is(c.Name));
        if (row is null)
        {
            Help(context);
            return BpftoolOutput.Failed;
        }

        if (words.Left > 0)
        {
            words.Skip();
        }

        try
        {
            return row.Run(context, words);
        }
        catch (BpftoolExit exit) when (!exit.HasHelped)
        {
            exit.HasHelped = true;
            Help(context);
            throw;
        }
    }

    /// <summary>Prints the usage.</summary>
    /// <returns>0.</returns>
    public int Help(BpftoolContext context) => UsageText.Print(context.Output, Usage);
}
