using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using KernelSim.Nt;
using KernelSim.Tool.Completion;

namespace KernelSim.Tool.CommandLine;

/// <summary>The command <c>kernelsim</c>.</summary>
public static class KernelSimTool
{
    private const string Name = "kernelsim";

    /// <summary>Runs one command line.</summary>
    /// <param name="args">The words of the command line, without the command's name.</param>
    /// <param name="console">The streams to read from and write to.</param>
    /// <returns>0 done, 1 the operation failed, 2 wrong usage.</returns>
    public static int Run(IReadOnlyList<string> args, ToolConsole console) => Run(args, console, CommandModules.All);

    /// <summary>Runs one command line of a tool with these verbs.</summary>
    internal static int Run(IReadOnlyList<string> args, ToolConsole console, IReadOnlyList<ICommandModule> modules)
    {
        try
        {
            int exitCode = RunLine(args, console, modules) ?? Run(BuildRoot(console, modules), HelpAsOption(args), console);
            console.Out.Flush();
            return exitCode;
        }
        catch (Exception exception) when (OutputException.In(exception) is { } output)
        {
            if (output.ReaderIsGone)
            {
                return ExitCode.ReaderIsGone;
            }

            console.Note($"cannot write to standard output: {output.Reason}");
            return ExitCode.Failed;
        }
        finally
        {
            console.Error.Flush();
        }
    }

    /// <summary>Runs a command line that a verb reads itself; null if none does.</summary>
    private static int? RunLine(IReadOnlyList<string> args, ToolConsole console, IReadOnlyList<ICommandModule> modules)
    {
        foreach (ILineVerb verb in modules.OfType<ILineVerb>())
        {
            if (verb.TryRun(args, console, out int exitCode))
            {
                return exitCode;
            }
        }

        return null;
    }

    private static int Run(RootCommand root, IReadOnlyList<string> args, ToolConsole console)
    {
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Action is ParseErrorAction ? TellWrongUsage(args, parsed, console) : Invoke(args, parsed, console);
    }

    /// <summary>Turns <c>help</c> and <c>help VERB</c> into the option, as other tools do.</summary>
    private static IReadOnlyList<string> HelpAsOption(IReadOnlyList<string> args) => args is ["help", ..] ? [.. args.Skip(1), "--help"] : args;

    private static int Invoke(IReadOnlyList<string> args, ParseResult parsed, ToolConsole console)
    {
        try
        {
            return parsed.Invoke(Writers(console.Out, console.Error));
        }
        catch (BugcheckException stop)
        {
            return Failure.MachineStopped(stop).Tell(console, OutputOptions.Guess(args));
        }
    }

    private static RootCommand BuildRoot(ToolConsole console, IReadOnlyList<ICommandModule> modules)
    {
        RootCommand root = new("A simulated computer that runs the kernel half of eBPF for Windows in plain sight.") { HelpName = Name };
        Dictionary<Command, CommandExample> examples = new() { [root] = modules[0].Example };
        foreach (ICommandModule module in modules)
        {
            root.Add(Build(module, console, examples));
        }

        root.Add(CompleteCommand.Build(console, root));
        foreach (Directive directive in root.Directives.ToArray())
        {
            // The library's own way to suggest words knows of no paths, and of words by their place in a text.
            root.Directives.Remove(directive);
        }

        root.Options.Single(o => o is HelpOption).Action = new HelpWithExample(console.LayoutWidth, examples);
        root.Options.Remove(root.Options.Single(o => o is VersionOption));
        root.Options.Add(new VersionOption("--version", "-V")
        {
            Description = "Show version, commit, runtime and system; with -j as JSON.",
            Action = new ShowVersion(),
        });
        return root;
    }

    private static Command Build(ICommandModule module, ToolConsole console, Dictionary<Command, CommandExample> examples)
    {
        Command command = module.Build(console);
        examples.Add(command, module.Example);
        foreach (ICommandModule verb in module.Verbs)
        {
            command.Add(Build(verb, console, examples));
        }

        return command;
    }

    private static int TellWrongUsage(IReadOnlyList<string> args, ParseResult parsed, ToolConsole console)
    {
        int exitCode = Failure.WrongUsage(Complaint(parsed)).Tell(console, OutputOptions.Guess(args));
        console.Error.WriteLine($"see '{string.Join(' ', [Name, .. PathTo(parsed.CommandResult)])} --help'");
        return exitCode;
    }

    private static string Complaint(ParseResult parsed)
    {
        string path = string.Join(' ', PathTo(parsed.CommandResult));
        string start = path.Length == 0 ? path : $"{path}: ";
        if (parsed.CommandResult.Command.Subcommands is { Count: > 0 } verbs)
        {
            string given = parsed.UnmatchedTokens.Count == 0 ? "no verb given" : $"'{parsed.UnmatchedTokens[0]}' given";
            string expected = string.Join(", ", verbs.Where(v => !v.Hidden).Select(c => c.Name));
            return $"{start}{given}, expected one of {expected}{HintAtVerb(parsed)}";
        }

        if (parsed.UnmatchedTokens.Count == 0
            && parsed.CommandResult.Command.Arguments.FirstOrDefault(
                a => a.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(a)?.Tokens.Count is null or 0) is { } missing)
        {
            return $"{start}no {missing.Name} given, expected {Expectation(missing)}";
        }

        // An option that is misspelt is taken for an argument, and its value for one too many.
        return start + (parsed.Errors.Select(e => e.Message).FirstOrDefault(m => m.StartsWith("'-", StringComparison.Ordinal)) is { } misspelt
            ? misspelt
            : parsed.UnmatchedTokens.Count > 0
            ? ArgumentRules.Complaint(
                parsed.UnmatchedTokens.FirstOrDefault(t => t.StartsWith('-')) ?? parsed.UnmatchedTokens[0], parsed.CommandResult.Command)
            : string.Join("; ", parsed.Errors.Select(e => e.Message.TrimEnd('.')).Distinct()));
    }

    /// <summary>The verb or option that was meant where there is no such verb; at the root also the verb of a noun that was left out.</summary>
    private static string HintAtVerb(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens is not [string given, ..])
        {
            return "";
        }

        Command command = parsed.CommandResult.Command;
        Command[] verbs = [.. command.Subcommands.Where(v => !v.Hidden)];
        string hint = NearestWords.Hint(
            given, given.StartsWith('-') ? ArgumentRules.LongOptions(command) : verbs.Select(v => v.Name));
        return hint.Length > 0
            ? hint
            : NearestWords.Hint([.. verbs.SelectMany(n => n.Subcommands.Where(v => v.Name == given).Select(v => $"{n.Name} {v.Name}"))]);
    }

    /// <summary>The words that lead to a command, from the root's first child on.</summary>
    private static IEnumerable<string> PathTo(SymbolResult command) =>
        command.Parent is CommandResult parent ? PathTo(parent).Append(((CommandResult)command).Command.Name) : [];

    private static InvocationConfiguration Writers(TextWriter output, TextWriter error) => new()
    {
        Output = output,
        Error = error,
        // A bug of the tool must appear as one, with its stack, not as a failure of the user's request.
        EnableDefaultExceptionHandler = false,
    };

    /// <summary>An argument's description as the end of a sentence: its first sentence, without a capital where it starts with one word.</summary>
    private static string Expectation(Argument argument)
    {
        string first = (argument.Description ?? argument.Name).Split(". ", 2)[0].Split(';', 2)[0].TrimEnd('.');
        return first.Length > 1 && char.IsLower(first[1]) ? char.ToLowerInvariant(first[0]) + first[1..] : first;
    }
}
