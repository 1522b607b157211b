using System.CommandLine;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Completion;

/// <summary><c>completion</c>: prints a script with which a shell completes the tool's words.</summary>
internal sealed class CompletionCommand : ICommandModule
{
    private readonly Argument<string> _shell = new("SHELL")
    {
        Description = "The shell: bash, zsh or pwsh.",
        HelpName = "SHELL",
        CompletionSources = { _ => ShellTable.All.Keys },
    };

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "source <(kernelsim completion bash)",
        "Completes verbs, options and their values with Tab: in this shell, or from ~/.bashrc in every one. Likewise zsh and ~/.zshrc. "
        + "PowerShell: kernelsim completion pwsh | Out-String | Invoke-Expression");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        _shell.Validators.Add(r =>
        {
            if (r.Tokens is [{ Value: var given }] && !ShellTable.All.ContainsKey(given))
            {
                r.AddError($"completion: '{given}' given, expected {string.Join(" or ", ShellTable.All.Keys)}");
            }
        });
        Command command = new("completion", "Print a script for a shell, which completes this tool's words.");
        command.Arguments.Add(_shell);
        command.SetAction(parsed =>
        {
            console.Out.Write(ShellTable.ScriptOf(parsed.GetRequiredValue(_shell)));
            return ExitCode.Done;
        });
        return command;
    }
}
