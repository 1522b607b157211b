using System.Reflection;
using KernelSim.EbpfCore.Native;
using KernelSim.Nt.Images;

namespace KernelSim.Tool.Drivers;

/// <summary>The program modules of an assembly, as files to install on a machine.</summary>
/// <remarks>
/// Static properties and fields that hold images, one or several, give those images. A class with <c>[EbpfProgram]</c> methods is compiled to
/// a file named after it, in lower case and ending in <c>.sys</c>, unless an image has that name.
/// </remarks>
internal sealed class ModuleList
{
    private const BindingFlags Static = BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly;
    private const BindingFlags Any = Static | BindingFlags.Instance | BindingFlags.NonPublic;

    private readonly Dictionary<string, DriverImage> _images = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The files.</summary>
    public IReadOnlyCollection<DriverImage> Images => _images.Values;

    /// <summary>Whether a class has programs.</summary>
    public static bool IsModule(Type type) =>
        type is { IsClass: true, ContainsGenericParameters: false }
        && type.GetMethods(Any).Any(m => m.IsDefined(typeof(EbpfProgramAttribute), inherit: false));

    /// <summary>Adds the modules of classes.</summary>
    /// <returns>Why one of them cannot be made; otherwise null.</returns>
    public string? Add(IEnumerable<Type> types)
    {
        Type[] all = [.. types.Where(t => !t.ContainsGenericParameters)];
        return all.Select(AddImages).FirstOrDefault(p => p is not null) ?? all.Where(IsModule).Select(Compile).FirstOrDefault(p => p is not null);
    }

    private string? AddImages(Type type)
    {
        IEnumerable<(MemberInfo Member, Func<object?> Read)> members = type.GetProperties(Static)
            .Where(p => HoldsImages(p.PropertyType) && p is { CanRead: true } && p.GetIndexParameters().Length == 0)
            .Select(p => ((MemberInfo)p, (Func<object?>)(() => p.GetValue(null))))
            .Concat(type.GetFields(Static)
                .Where(f => HoldsImages(f.FieldType))
                .Select(f => ((MemberInfo)f, (Func<object?>)(() => f.GetValue(null)))));
        foreach ((MemberInfo member, Func<object?> read) in members)
        {
            try
            {
                object? value = read();
                foreach (DriverImage? image in value as IEnumerable<DriverImage?> ?? [value as DriverImage])
                {
                    if (image is not null)
                    {
                        _images[image.Path] = image;
                    }
                }
            }
            catch (Exception exception)
            {
                return $"the image {type.FullName}.{member.Name} cannot be read: {ExceptionText.Of(exception)}";
            }
        }

        return null;
    }

    private string? Compile(Type type)
    {
        string path = $"{type.Name.ToLowerInvariant()}.sys";
        if (_images.ContainsKey(path))
        {
            return null;
        }

        try
        {
            _images.Add(path, NativeModuleImage.Compile(type, path));
            return null;
        }
        catch (ArgumentException exception)
        {
            return $"the module {type.FullName} cannot be compiled: {exception.Message.Split('\n')[0]}";
        }
    }

    private static bool HoldsImages(Type type) =>
        typeof(DriverImage).IsAssignableFrom(type) || typeof(IEnumerable<DriverImage>).IsAssignableFrom(type);
}
