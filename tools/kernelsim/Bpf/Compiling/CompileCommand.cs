using System.CommandLine;
using System.Reflection;
using System.Text.Json;
using KernelSim.ObjectFiles;
using KernelSim.Tool.Bpf.Objects;
using KernelSim.Tool.Bpf.Verification;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Drivers;

namespace KernelSim.Tool.Bpf.Compiling;

/// <summary><c>bpf compile</c>: a native module of an object file.</summary>
internal sealed class CompileCommand : ICommandModule
{
    private const string Expected = "a file to write the module to";
    private const string ExpectedSymbols = "a file to write the module's symbols to";

    private readonly ObjectFileArgument _file = new();
    private readonly Option<string> _module = new("--output", "-o")
    {
        Description = "The module to write (.dll). Its symbols (.pdb) are written beside it.",
        HelpName = "FILE.dll",
        Required = true,
        CompletionSources = { Offers.Files },
    };

    private readonly ProgramTypeOption _type = new();
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim bpf compile counter.o -o counter.dll",
        "Compiles the programs to a .NET module, which object_load loads like one written in C#.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("compile", "Compile an object file to a native module, with symbols that let a .NET debugger step through the C file.");
        _file.AddTo(command);
        command.Options.Add(_module);
        _type.AddTo(command);
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, parsed));
        return command;
    }

    private int Run(ToolConsole console, ParseResult parsed)
    {
        OutputFormat format = _output.Read(parsed);
        string path = parsed.GetRequiredValue(_module);
        string name = Path.GetFileNameWithoutExtension(path);
        if (Path.GetExtension(path) != ".dll" || name.Length == 0)
        {
            return Failure.WrongUsage($"-o: '{path}' given, expected the name of a file that ends in .dll").Tell(console, format);
        }

        // The module would be taken for that assembly, by its own references too.
        if (HostAssemblies.Find(new AssemblyName { Name = name }) is { } taken)
        {
            return Failure.WrongUsage($"-o: '{path}' given, expected a name that no assembly of kernelsim has: {taken.GetName().Name} is one of them")
                .Tell(console, format);
        }

        if (_file.Read(parsed, out BpfObjectFile file) is { } unreadable)
        {
            return unreadable.Tell(console, format);
        }

        IReadOnlyList<ProgramTypeFacts> types = ProgramTypeFacts.OfTheTool();
        if (_type.Read(parsed, types, out ProgramTypeFacts? type) is { } wrong)
        {
            return wrong.Tell(console, format);
        }

        string symbols = Path.ChangeExtension(path, ".pdb");
        Failure? failure = OutputFile.Clash(path, file.Name, "the object file", Expected)
            ?? OutputFile.Clash(symbols, file.Name, "the object file", ExpectedSymbols)
            ?? ModuleCompiler.Compile(file, name, type, types, out ModuleFiles? module)
            ?? Write(path, symbols, module!);
        if (failure is not null)
        {
            return failure.Tell(console, format);
        }

        if (format != OutputFormat.Text)
        {
            console.Out.WriteLine(JsonText.Of(format, json => WriteJson(json, file, path, symbols)));
            return ExitCode.Done;
        }

        console.Note($"{path}: {Count(file.Programs.Length, "program")}, {Count(file.Maps.Length, "map")}; the symbols are {symbols}");
        return ExitCode.Done;
    }

    /// <summary>Writes both files or none: the symbols get their name when the module has been written.</summary>
    private static Failure? Write(string path, string symbols, ModuleFiles module) => Directory.Exists(path)
        ? Failure.FromHost(path, Expected, new UnauthorizedAccessException())
        : OutputFile.WriteBytes(symbols, ExpectedSymbols, symbolFile =>
        {
            symbolFile.Write(module.Symbols);
            return OutputFile.WriteBytes(path, Expected, moduleFile =>
            {
                moduleFile.Write(module.Assembly);
                return null;
            });
        });

    private static string Count(int number, string noun) => $"{number} {noun}{(number == 1 ? "" : "s")}";

    private static void WriteJson(Utf8JsonWriter json, BpfObjectFile file, string path, string symbols)
    {
        json.WriteStartObject();
        json.WriteString("file", path);
        json.WriteString("symbols", symbols);
        SectionsJson.Strings(json, "programs", file.Programs.Select(p => p.Name));
        SectionsJson.Strings(json, "maps", file.Maps.Select(m => m.Name));
        json.WriteEndObject();
    }
}
