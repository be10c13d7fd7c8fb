# Recipes live in jfiles/: `just src <recipe>`. After the first `npm start` or `npm test`, `npx just` has them too.

mod src 'jfiles/src.just'

[private]
default:
    @{{ just_executable() }} --list --list-submodules --justfile {{ justfile() }}
