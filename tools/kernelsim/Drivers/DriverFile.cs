using System.Reflection;
using KernelSim.Nt.Io;
using KernelSim.Protocol.Checks;

namespace KernelSim.Tool.Drivers;

/// <summary>An assembly that the user gave: its drivers, extensions, map providers and program modules.</summary>
internal sealed class DriverFile
{
    private readonly AssemblyImage _image;
    private readonly Assembly _assembly;

    private DriverFile(AssemblyImage image, Assembly assembly)
    {
        _image = image;
        _assembly = assembly;
    }

    /// <summary>Name of the file, without its folder.</summary>
    public string Name => Path.GetFileName(_image.Path);

    /// <summary>Its drivers, one of each class, in the order of the classes' names.</summary>
    public IReadOnlyList<IDriver> Drivers { get; private set; } = [];

    /// <summary>Its program modules.</summary>
    public ModuleList Modules { get; } = new();

    /// <summary>Loads a file, creates its drivers and compiles its modules.</summary>
    /// <param name="path">The file.</param>
    /// <param name="loaded">The assemblies of all files of the run.</param>
    /// <param name="file">The loaded file.</param>
    /// <returns>Why it cannot be used; otherwise null.</returns>
    public static Failure? Load(string path, LoadedAssemblies loaded, out DriverFile? file)
    {
        file = null;
        if (AssemblyImage.Read(path, out AssemblyImage? image) is { } unreadable)
        {
            return unreadable;
        }

        DriverLoadContext context = new(path, loaded);
        if (image!.References.FirstOrDefault(r => !context.CanFind(r)) is { } missing)
        {
            return AssemblyImage.Refuse(path, Compatibility.Describe(missing));
        }

        try
        {
            DriverFile read = new(image, context.LoadOnce(image));
            string? problem = Compatibility.Check(image, read._assembly) ?? read.Find();
            file = problem is null ? read : null;
            return problem is null ? null : AssemblyImage.Refuse(path, problem);
        }
        catch (Exception exception) when (exception is TypeLoadException or FileNotFoundException or MissingMemberException)
        {
            return AssemblyImage.Refuse(path, Compatibility.Describe(image, exception.Message.Split('\n')[0].TrimEnd()));
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException)
        {
            return AssemblyImage.Refuse(path, $"the runtime cannot load it: {exception.Message.Split('\n')[0].TrimEnd()}");
        }
    }

    /// <summary>Whether its code names a pool tag.</summary>
    public bool Tags(string tag) => _image.HasText(tag);

    /// <summary>The check of a number among the static fields of its classes; null if it has none.</summary>
    public Check? FindCheck(int number) => _assembly.GetTypes()
        .SelectMany(t => t.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Where(f => typeof(Check).IsAssignableFrom(f.FieldType) && !f.DeclaringType!.ContainsGenericParameters)
        .Select(ValueOf)
        .FirstOrDefault(c => c?.Number == number);

    private static Check? ValueOf(FieldInfo field)
    {
        try
        {
            return (Check?)field.GetValue(null);
        }
        catch (TypeInitializationException)
        {
            // The class is not one that has refused anything: it cannot be used.
            return null;
        }
    }

    private string? Find()
    {
        Type[] types;
        try
        {
            types = [.. _assembly.GetTypes().OrderBy(t => t.FullName, StringComparer.Ordinal)];
        }
        catch (ReflectionTypeLoadException exception)
        {
            return Compatibility.Describe(_image, exception.LoaderExceptions.OfType<Exception>().First().Message);
        }

        List<string> passedOver = [];
        Type[] candidates = [.. types.Where(t => IsDriver(t) || ModuleList.IsModule(t))];
        Type[] visible = [.. candidates.Where(t => t.IsVisible)];
        passedOver.AddRange(candidates.Except(visible).Select(t => $"{t.FullName} is not public"));
        List<IDriver> drivers = [];
        foreach (Type type in visible.Where(IsDriver))
        {
            if (type.GetConstructors().FirstOrDefault(c => c.GetParameters().All(p => p.IsOptional)) is not { } constructor)
            {
                passedOver.Add($"{type.FullName} has no public constructor that can do without arguments");
            }
            else if (Create(constructor, drivers) is { } problem)
            {
                return problem;
            }
        }

        Drivers = drivers;
        return Modules.Add(types.Where(t => t.IsVisible))
            ?? (drivers.Count + Modules.Images.Count > 0 ? null
                : "it has no public class that implements KernelSim.Nt.Io.IDriver, and none with an [EbpfProgram] method"
                    + string.Concat(passedOver.Select(p => $"; {p}")));
    }

    private static bool IsDriver(Type type) =>
        typeof(IDriver).IsAssignableFrom(type) && type is { IsClass: true, IsAbstract: false, ContainsGenericParameters: false };

    private static string? Create(ConstructorInfo constructor, List<IDriver> drivers)
    {
        string className = constructor.DeclaringType!.FullName!;
        try
        {
            IDriver driver = (IDriver)constructor.Invoke([.. constructor.GetParameters().Select(p => p.DefaultValue)]);
            if (string.IsNullOrEmpty(driver.Name))
            {
                return $"the driver {className} has no name";
            }

            drivers.Add(driver);
            return null;
        }
        catch (Exception exception)
        {
            return $"the driver {className} cannot be created: {ExceptionText.Of(exception)}";
        }
    }
}
