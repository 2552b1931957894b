"""The part of the importer that speaks the protocols of importlib.resources and importlib.metadata.

Executed once per interpreter in a module of its own, beside the native types (Finder, Loader, SourceView). It imports
what is heavy only where it is used: mounting must not bring half of the standard library in.
"""
import io
import posixpath
import sys


class MemberPath:
    """A file or folder of a mounted archive: importlib.resources.abc.Traversable, by structure."""

    def __init__(self, source, member=""):
        self._source = source
        self._member = member

    @property
    def name(self):
        return posixpath.basename(self._member) or posixpath.basename(self._source.location)

    @property
    def parent(self):
        return MemberPath(self._source, posixpath.dirname(self._member))

    def __str__(self):
        return posixpath.join(self._source.location, self._member) if self._member else self._source.location

    def __repr__(self):
        return f"<MemberPath {str(self)!r}>"

    def __eq__(self, other):
        return isinstance(other, MemberPath) and str(self) == str(other)

    def __hash__(self):
        return hash(str(self))

    def is_file(self):
        return self._source.is_file(self._member)

    def is_dir(self):
        return self._source.is_folder(self._member)

    def exists(self):
        return self.is_file() or self.is_dir()

    def iterdir(self):
        if not self.is_dir():
            raise NotADirectoryError(str(self))
        return (self.joinpath(name) for name in self._source.children(self._member))

    def joinpath(self, *descendants):
        member = posixpath.normpath(posixpath.join(self._member, *map(str, descendants)))
        if member.startswith(("../", "/")) or member == "..":
            raise FileNotFoundError(f"'{member}' is outside of '{self._source.location}'")
        return MemberPath(self._source, "" if member == "." else member)

    def __truediv__(self, child):
        return self.joinpath(child)

    def read_bytes(self):
        if self.is_dir():
            raise IsADirectoryError(str(self))
        return self._source.read(self._member)

    def read_text(self, encoding=None):
        return self.open("r", encoding=encoding or "utf-8").read()

    def open(self, mode="r", *args, **kwargs):
        if mode not in ("r", "rb"):
            raise ValueError(f"a mounted wheel is read-only: mode {mode!r}, expected 'r' or 'rb'")
        stream = io.BytesIO(self.read_bytes())
        return stream if mode == "rb" else io.TextIOWrapper(stream, *args, **kwargs)


class ResourceReader:
    """importlib.resources.abc.TraversableResources, by structure."""

    def __init__(self, folder):
        self._folder = folder

    def files(self):
        return self._folder

    def open_resource(self, resource):
        return self._folder.joinpath(resource).open("rb")

    def resource_path(self, resource):
        path = self._folder.joinpath(resource)
        if isinstance(path, MemberPath):
            raise FileNotFoundError(f"'{path}' is inside an archive, not a file of its own")
        return str(path)

    def is_resource(self, path):
        return self._folder.joinpath(path).is_file()

    def contents(self):
        return (item.name for item in self._folder.iterdir())


def _folder(source, member):
    if source.is_materialised:
        import pathlib

        return pathlib.Path(source.location, member)
    return MemberPath(source, member)


def resource_reader(source, member):
    return ResourceReader(_folder(source, member))


def find_distributions(sources, context):
    """The distributions of `sources` (front to back) that an importlib.metadata context asks for."""
    import importlib.metadata

    path = vars(context).get("path")
    for source in sources:
        if not source.dist_info or (path is not None and source.location not in path):
            continue
        distribution = importlib.metadata.PathDistribution(_folder(source, source.dist_info))
        normalize = importlib.metadata.Prepared.normalize
        if context.name is None or normalize(context.name) == normalize(distribution.metadata["Name"]):
            yield distribution


def describe_exception(kind, value, trace):
    """("Type: text", traceback) without the frames of the import machinery and of Axle."""
    import traceback

    told = traceback.TracebackException(kind, value, trace)
    chain = [told]
    while chain:
        one = chain.pop()
        one.stack[:] = [frame for frame in one.stack if not _is_machinery(frame.filename)]
        chain += [other for other in (one.__cause__, one.__context__) if other is not None]
    return "".join(told.format_exception_only()).strip(), "".join(told.format())


def _is_machinery(filename):
    return filename.startswith(("<frozen importlib", "<axle>")) or filename.endswith("/importlib/__init__.py")


def purge_namespace_epoch():
    """Makes every namespace package look for its portions again."""
    import importlib._bootstrap_external

    importlib._bootstrap_external._NamespacePath._epoch += 1


def clear_caches(location):
    """Forgets what the standard library remembers of the files below `location`."""
    below = location + "/"

    def is_ours(path):
        return isinstance(path, str) and (path == location or path.startswith(below))

    for path in [path for path in sys.path if is_ours(path)]:
        sys.path.remove(path)
    for path in [path for path in sys.path_importer_cache if is_ours(path)]:
        del sys.path_importer_cache[path]
    linecache = sys.modules.get("linecache")
    if linecache is not None:
        for path in [path for path in linecache.cache if is_ours(path)]:
            del linecache.cache[path]
    inspect = sys.modules.get("inspect")
    if inspect is not None:
        for name, path in list(inspect._filesbymodname.items()):
            if is_ours(path):
                del inspect._filesbymodname[name]
        for path in [path for path in inspect.modulesbyfile if is_ours(path)]:
            del inspect.modulesbyfile[path]
    metadata = sys.modules.get("importlib.metadata")
    if metadata is not None:
        metadata.MetadataPathFinder().invalidate_caches()


def run_module(name):
    import runpy

    _until_exit(runpy.run_module, name, run_name="__main__", alter_sys=True)


def run_code(code):
    _until_exit(exec, compile(code, "<string>", "exec"), {"__name__": "__main__", "__builtins__": __builtins__})


def _until_exit(function, *args, **kwargs):
    """As the command python would: sys.exit() and sys.exit(0) are success."""
    try:
        function(*args, **kwargs)
    except SystemExit as request:
        if request.code not in (None, 0):
            raise
