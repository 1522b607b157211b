namespace KernelSim.Tool.Lab.Grading.Scripts;

/// <summary>A script task under one seed.</summary>
/// <param name="Machine">The machine that the script runs on; its lines are those that come before the student's.</param>
/// <param name="Names">
/// What placeholders of the student's lines may name, given what the lines before did when they ran alone; they do the same each time.
/// </param>
internal record ScriptCase(ScriptInput Machine, Func<ScriptFacts, TemplateNames> Names)
{
    /// <summary>The machines that the script runs on, each by itself: the one above, and others that differ in library or heap.</summary>
    public virtual IReadOnlyList<ScriptInput> Machines => [Machine];

    /// <summary>The command that runs the script in a file on such a machine.</summary>
    public virtual string Command(string file) =>
        $"kernelsim script {file}{(Machine.Cpus == new ScriptInput([]).Cpus ? "" : $" --cpus {Machine.Cpus}")}";
}
